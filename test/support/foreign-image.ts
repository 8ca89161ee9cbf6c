import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

const tarOf = (files: Readonly<Record<string, Buffer>>): Promise<Buffer> => {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755 }, content);
  archive.finalize();
  return buffer(archive);
};

const docker = async (args: string[], input?: Buffer): Promise<void> => {
  const child = spawn('docker', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`docker ${args.join(' ')} ended with ${status}`);
};

/** An image made for mainframes, whose one program no other processor runs. */
export const foreignImage = async (): Promise<{ reference: string; remove: () => Promise<void> }> => {
  const reference = 'drydock-test/foreign:1';
  const program = Buffer.alloc(64);
  // The head of an ELF program: 64 bits, big end first, for machine 22.
  program.write('\x7fELF\x02\x02\x01', 'latin1');
  program.writeUInt16BE(2, 16);
  program.writeUInt16BE(22, 18);
  const layer = await tarOf({ server: program });
  const digest = createHash('sha256').update(layer).digest('hex');
  const config = { architecture: 's390x', os: 'linux', config: { Entrypoint: ['/server'] }, rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] } };
  const manifest = [{ Config: 'config.json', RepoTags: [reference], Layers: ['layer.tar'] }];
  await docker(['load'], await tarOf({ 'config.json': Buffer.from(JSON.stringify(config)), 'layer.tar': layer, 'manifest.json': Buffer.from(JSON.stringify(manifest)) }));
  return { reference, remove: () => docker(['image', 'rm', '--force', reference]) };
};
