import 'reflect-metadata';
import { createPrivateKey, KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { z } from 'zod';
import type { Clock } from '../../../ports/surroundings.ts';

/** Certificates and keys of a run's proxy, as PEM. */
const keptAuthority = z.object({ certificate: z.string(), key: z.string() });

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than a run with all its turns may take. */
const AUTHORITY_DAYS = 60;
const LEAF_HOURS = 24;
/** A remote engine's clock may be late. */
const EARLIER_MS = DAY_MS;
/** A star in a rule lets a program ask for endless names. */
const MOST_LEAVES = 256;

/** The certificates with which a run's proxy speaks to the programs of that run, and nobody else. */
export interface Authority {
  /** For programs inside to trust. */
  readonly pem: string;
  /** What another proxy needs to go on as this one: with the key, so never into a container. */
  readonly keep: string;
  contextFor(name: string): Promise<SecureContext>;
}

const generate = () => webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
const pemOf = (key: webcrypto.CryptoKey): string => KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
const serial = (): string => `00${randomBytes(16).toString('hex')}`;

const make = async (now: number): Promise<z.infer<typeof keptAuthority>> => {
  const keys = await generate();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      serialNumber: serial(),
      name: `CN=Drydock run ${randomBytes(4).toString('hex')}`,
      notBefore: new Date(now - EARLIER_MS),
      notAfter: new Date(now + AUTHORITY_DAYS * DAY_MS),
      keys,
      signingAlgorithm: EC,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  return { certificate: certificate.toString('pem'), key: pemOf(keys.privateKey) };
};

const parseKept = (kept: string): z.infer<typeof keptAuthority> => keptAuthority.parse(JSON.parse(kept));

/**
 * A new authority, or the one that was kept. Throws when what was kept cannot be read: programs of the run trust that one and no
 * other.
 */
export const openAuthority = async (kept: string | null, clock: Clock): Promise<Authority> => {
  const own = kept === null ? await make(clock.now()) : parseKept(kept);
  const issuer = new x509.X509Certificate(own.certificate);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', createPrivateKey(own.key).export({ type: 'pkcs8', format: 'der' }), EC, false, ['sign']);
  const leafKeys = await generate();
  const leafKey = pemOf(leafKeys.privateKey);

  const leafFor = async (name: string): Promise<SecureContext> => {
    const now = clock.now();
    const leaf = await x509.X509CertificateGenerator.create(
      {
        serialNumber: serial(),
        // Names are longer than a common name may be: RFC 6125 has them in the alternative name alone.
        subject: 'CN=Drydock proxy',
        issuer: issuer.subject,
        notBefore: new Date(now - EARLIER_MS),
        notAfter: new Date(now + LEAF_HOURS * HOUR_MS),
        publicKey: leafKeys.publicKey,
        signingKey,
        signingAlgorithm: EC,
        extensions: [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
          new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
          await x509.AuthorityKeyIdentifierExtension.create(issuer, false, webcrypto),
        ],
      },
      webcrypto,
    );
    return createSecureContext({ key: leafKey, cert: `${leaf.toString('pem')}\n${own.certificate}`, minVersion: 'TLSv1.2' });
  };

  const leaves = new Map<string, { readonly until: number; readonly context: Promise<SecureContext> }>();
  return {
    pem: own.certificate,
    keep: JSON.stringify(own),
    contextFor: (name) => {
      const now = clock.now();
      const known = leaves.get(name);
      if (known !== undefined && known.until > now) return known.context;
      const context = leafFor(name);
      leaves.delete(name);
      leaves.set(name, { until: now + (LEAF_HOURS / 2) * HOUR_MS, context });
      context.catch(() => leaves.delete(name));
      for (const oldest of leaves.keys()) if (leaves.size > MOST_LEAVES) leaves.delete(oldest);
      return context;
    },
  };
};
