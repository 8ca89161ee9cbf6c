import { expect, it } from 'vitest';
import { obstacleToSecret } from '../../../src-main/domain/secrets/rules.ts';

it.each([
  ['', 'empty'],
  [' \n\t ', 'empty'],
  ['abc12', 'fewer than 6'],
  ['  abc12  ', 'fewer than 6'],
  ['äöüß', 'fewer than 6'],
  ['nul\0inside', 'NUL'],
  ['password', 'common word'],
  ['PASSWORD', 'common word'],
  ['Password123', 'common word'],
  ['secret', 'common word'],
  ['changeme', 'common word'],
  ['changeme!', 'common word'],
  ['test12', 'common word'],
  ['test-123456', 'common word'],
  ['localhost', 'common word'],
  ['production', 'common word'],
  ['development', 'common word'],
  ['undefined', 'common word'],
  ['/workspace', 'common word'],
  ['aaaaaaaa', 'over and over'],
  ['----------', 'over and over'],
  ['abababababa', 'over and over'],
  ['123123123', 'over and over'],
  ['1111112222', 'over and over'],
  ['123456', 'their order'],
  ['9876543210', 'their order'],
  ['abcdefgh', 'their order'],
])('%j is refused: %s', (value, why) => {
  const obstacle = obstacleToSecret(value);
  expect(obstacle).toContain(why);
  if (value.trim().length >= 8 && !['localhost'].includes(value)) expect(obstacle).not.toContain(value.trim());
});

it.each(['hunter2', 'hunter2!', 'x7Kq2p', 'correct horse battery staple', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', '847295', 'äöüßéà', '-----BEGIN KEY-----\nabcd\n-----END KEY-----\n', 'passwordless-entry', 'test12-but-longer', 'https://user:pw@db.example/'])(
  '%j is taken',
  (value) => expect(obstacleToSecret(value)).toBeNull(),
);
