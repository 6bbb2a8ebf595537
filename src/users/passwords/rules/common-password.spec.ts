import { readFileSync } from 'node:fs';
import { CommonPassword } from './common-password.js';

describe('a common password', () => {
  const rule = new CommonPassword();

  it.each(['password', 'PassWord1', 'iloveyou1', 'p@ssw0rd', ' qwerty123 '])(
    'is refused: %j',
    (password) => {
      expect(rule.check(password)).toEqual({
        code: 'too_common',
        detail: 'This password is too common.',
      });
    },
  );

  it('is one of the list, not merely like one', () => {
    expect(rule.check('')).toBeNull();
    expect(rule.check('password-for-the-garden-gate')).toBeNull();
  });

  it('is one of 10,000, each long enough to pass the other rule and written as it is compared', () => {
    const list = readFileSync(new URL('../common-passwords.txt', import.meta.url), 'utf8')
      .trimEnd()
      .split('\n');
    expect(new Set(list).size).toBe(10_000);
    expect(
      list.filter(
        (password) => Array.from(password).length < 8 || password !== password.trim().toLowerCase(),
      ),
    ).toEqual([]);
  });
});
