/** A TLS client hello as bytes, in records of a size, with whatever extensions a test needs. */
export interface HelloParts {
  readonly serverName?: string | null;
  readonly alpn?: readonly string[];
  readonly extensions?: readonly { type: number; bytes: Buffer }[];
  readonly recordBytes?: number;
}

const number = (value: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
};
export const vector = (size: number, ...parts: Buffer[]): Buffer => {
  const bytes = Buffer.concat(parts);
  return Buffer.concat([number(bytes.length, size), bytes]);
};

export const serverNameExtension = (name: string): { type: number; bytes: Buffer } => ({ type: 0, bytes: vector(2, Buffer.from([0]), vector(2, Buffer.from(name, 'latin1'))) });

export const clientHello = ({ serverName = 'a.test', alpn = [], extensions = [], recordBytes = 16_384 }: HelloParts = {}): Buffer => {
  const all = [
    ...(serverName === null ? [] : [serverNameExtension(serverName)]),
    ...(alpn.length === 0 ? [] : [{ type: 16, bytes: vector(2, ...alpn.map((name) => vector(1, Buffer.from(name)))) }]),
    ...extensions,
  ];
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    Buffer.alloc(32, 7),
    vector(1, Buffer.alloc(32, 9)),
    vector(2, Buffer.from([0x13, 0x01, 0x13, 0x02])),
    vector(1, Buffer.from([0])),
    vector(2, ...all.map(({ type, bytes }) => Buffer.concat([number(type, 2), vector(2, bytes)]))),
  ]);
  return inRecords(Buffer.concat([Buffer.from([1]), vector(3, body)]), recordBytes);
};

/** A handshake message cut into records. */
export const inRecords = (message: Buffer, recordBytes: number): Buffer => {
  const records: Buffer[] = [];
  for (let at = 0; at < message.length; at += recordBytes) records.push(Buffer.from([22, 3, 1]), vector(2, message.subarray(at, at + recordBytes)));
  return Buffer.concat(records);
};
