import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { JAVA_TRUST_FILE, TRUST_FILE } from '../../domain/network/proxy-variables.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { tarFiles } from '../collect/tar-files.ts';
import { javaKeyStore } from './java-key-store.ts';

/** Where distributions keep the certificates that their programs trust: Debian and Alpine, Fedora, SUSE, and what is left. */
const SYSTEM_STORES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem'];
const STORE_BYTES = 8 * 2 ** 20;

/** The image's own certificates, and where they are; a link is followed no further than its content. */
const systemStore = async (engine: ContainerEngine, container: string): Promise<{ readonly path: string; readonly pem: string } | null> => {
  for (const path of SYSTEM_STORES) {
    const archive = await engine.read(container, path);
    if (archive === null) continue;
    for await (const file of tarFiles(archive, { entries: 1, bytes: STORE_BYTES })) return { path, pem: file.bytes.toString() };
  }
  return null;
};

/**
 * Has the programs of a container that never ran trust the authority of its run, beside the image's own: as files of their own, for those that
 * obey a variable, and in the system's store, for the others. Root owned; no part of a result.
 */
export const putTrust = async (engine: ContainerEngine, container: string, authority: string): Promise<void> => {
  const system = await systemStore(engine, container);
  const pem = `${system?.pem.trimEnd() ?? ''}\n${authority.trimEnd()}\n`.trimStart();
  const archive = pack();
  const own = { uid: 0, gid: 0, mode: 0o444 } as const;
  archive.entry({ ...own, name: 'drydock', type: 'directory', mode: 0o755 });
  archive.entry({ ...own, name: TRUST_FILE.slice(1) }, Buffer.from(pem));
  archive.entry({ ...own, name: JAVA_TRUST_FILE.slice(1) }, javaKeyStore(pem));
  if (system !== null) archive.entry({ ...own, name: system.path.slice(1), mode: 0o644 }, Buffer.from(pem));
  archive.finalize();
  await engine.put(container, '/', Readable.from(archive));
};
