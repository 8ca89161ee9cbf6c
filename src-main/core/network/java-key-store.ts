import { X509Certificate, createHash } from 'node:crypto';

const PASSWORD = 'changeit';
/** The first bytes and the version of the format, and the kind of an entry that is a certificate to be trusted. */
const MAGIC = 0xfeedfeed;
const VERSION = 2;
const TRUSTED = 2;

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/**
 * A Java key store (format JKS, as the JDK's own documentation and sources describe it) that trusts the certificates of a PEM text. Its
 * password, `changeit`, guards nothing: the digest is only there for programs that insist on it.
 */
export const javaKeyStore = (pem: string): Buffer => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const entries = blocks.flatMap((block, at) => {
    try {
      const { raw } = new X509Certificate(block);
      return [Buffer.concat([u32(TRUSTED), text(`certificate-${at}`), Buffer.alloc(8), text('X.509'), u32(raw.length), raw])];
    } catch {
      // One that cannot be read is trusted by nobody.
      return [];
    }
  });
  const content = Buffer.concat([u32(MAGIC), u32(VERSION), u32(entries.length), ...entries]);
  const password = Buffer.from(PASSWORD, 'utf16le').swap16();
  const digest = createHash('sha1').update(password).update('Mighty Aphrodite').update(content).digest();
  return Buffer.concat([content, digest]);
};
