import { matchesDjangoPassword, parseDjangoPassword } from './django-password.js';

const withIterations = (count: string): string =>
  `pbkdf2_sha256$${count}$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=`;

describe('a password hash of a Django site', () => {
  it('matches its password', async () => {
    const parsed = parseDjangoPassword(withIterations('1000'));
    expect(parsed).toMatchObject({ iterations: 1000, salt: 'seasalt' });
    expect(await matchesDjangoPassword('correct horse battery staple', parsed!)).toBe(true);
    expect(await matchesDjangoPassword('correct horse battery stapl', parsed!)).toBe(false);
  });

  it.each(['0', '-1', '1e3', '2000001', '99999999', '', '01000'])(
    'is not read with %j iterations',
    (count) => {
      expect(parseDjangoPassword(withIterations(count))).toBeNull();
    },
  );

  it('is read up to two million iterations', () => {
    expect(parseDjangoPassword(withIterations('2000000'))?.iterations).toBe(2_000_000);
  });

  it.each([
    ['another algorithm', withIterations('1000').replace('sha256', 'sha1')],
    ['no salt', withIterations('1000').replace('seasalt', '')],
    ['a shorter hash', withIterations('1000').replace('3xmX', '')],
    ['something behind it', `${withIterations('1000')}\n`],
  ])('is not read with %s', (_what, stored) => {
    expect(parseDjangoPassword(stored)).toBeNull();
  });
});
