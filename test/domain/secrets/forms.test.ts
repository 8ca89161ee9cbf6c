import { describe, expect, it } from 'vitest';
import { secretForms } from '../../../src-main/domain/secrets/forms.ts';

const linesOf = (value: string): string[] =>
  secretForms('S', value)
    .filter(({ of }) => of.form === 'line')
    .map(({ bytes }) => new TextDecoder().decode(bytes));

describe('the lines of a longer secret', () => {
  it('are looked for one by one, but for the frame of a key, which is around everybody\'s', () => {
    expect(linesOf('-----BEGIN OPENSSH PRIVATE KEY-----\nmZ3vUQx81LkPq0aA\n7yT5rWdC2sNbXe4f9A==\nshort\n-----END OPENSSH PRIVATE KEY-----\n')).toEqual(['mZ3vUQx81LkPq0aA', '7yT5rWdC2sNbXe4f9A==']);
    expect(linesOf('-----BEGIN EC PRIVATE KEY-----\nabcdefgh\n')).toEqual(['abcdefgh']);
  });

  it('of a configuration count by their values', () => {
    const config = ['apiVersion: v1', 'kind: Config', 'clusters:', '- cluster:', '    server: https://k8s.shop.test:6443', 'current-context: prod', 'users:', '- name: admin', '  user:', '    token: "q8Xn-20fLw"', 'DEBUG=1', 'export API_KEY=k-55501234'].join('\n');
    expect(linesOf(config)).toEqual(['server: https://k8s.shop.test:6443', 'token: "q8Xn-20fLw"', 'export API_KEY=k-55501234']);
  });

  it('that only look like a setting are looked for', () => {
    expect(linesOf('first line of it\nmZ3vUQx81LkPq0=\nmZ3vUQx81LkPq0==\na:b:c:d:e\nhttps://user@host')).toEqual(['first line of it', 'mZ3vUQx81LkPq0=', 'mZ3vUQx81LkPq0==', 'a:b:c:d:e', 'https://user@host']);
  });
});
