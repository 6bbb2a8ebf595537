import { HashQueue } from './hash-queue.js';
import type { Key, KeysOfUse } from '../../config/keys/key-ring.js';
import { PASSWORD_SCHEME, PasswordHasher } from './password-hasher.js';

const key = (id: string): Key => ({ id, secret: Buffer.alloc(48, id) });
const keyRing = (current: Key, ...others: Key[]): KeysOfUse => ({
  current,
  find: (id) => [current, ...others].find((one) => one.id === id),
});

class CountingQueue extends HashQueue {
  runs = 0;

  override run<T>(job: () => Promise<T>): Promise<T> {
    this.runs += 1;
    return super.run(job);
  }
}

const hasher = new PasswordHasher({ cost: 4, keys: keyRing(key('k1')) });
const DJANGO = 'pbkdf2_sha256$1000$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=';
const DJANGO_NOT_NORMAL = 'pbkdf2_sha256$1$xyz$QN6Ck47j4fN08oUN5e/yjWCZ/MJD+ghphCUW07ClaN8=';

describe('a password hash', () => {
  it('matches its password and no other', async () => {
    const stored = await hasher.hash('correct horse');
    expect(await hasher.verify('correct horse', stored)).toBe(true);
    expect(await hasher.verify('correct horsf', stored)).toBe(false);
    expect(await hasher.verify('', stored)).toBe(false);
  });

  it('of a password that is too long costs one like any other, and matches nothing', async () => {
    const queue = new CountingQueue();
    const counting = new PasswordHasher({ cost: 4, keys: keyRing(key('k1')) }, queue);
    const long = `a${'\u0301'.repeat(25_000)}${'\u0316'.repeat(25_000)}`;
    for (const stored of [
      await hasher.hash(''),
      await hasher.hash('correct horse'),
      DJANGO,
      '!',
      null,
    ])
      expect(await counting.verify(long, stored)).toBe(false);
    expect(queue.runs).toBe(5);
  });

  it('names its scheme, key and cost, and differs each time', async () => {
    const [one, other] = await Promise.all([hasher.hash('same'), hasher.hash('same')]);
    expect(one).toMatch(/^bcrypt-hmac-sha384\$k1\$\$2b\$04\$[./A-Za-z0-9]{53}$/);
    expect(one.startsWith(`${PASSWORD_SCHEME}$k1$`)).toBe(true);
    expect(other).not.toBe(one);
  });

  it("tells long passwords apart that differ only behind bcrypt's 72 bytes", async () => {
    const stored = await hasher.hash(`${'a'.repeat(100)}b`);
    expect(await hasher.verify(`${'a'.repeat(100)}b`, stored)).toBe(true);
    expect(await hasher.verify(`${'a'.repeat(100)}c`, stored)).toBe(false);
  });

  it('does not end at a NUL character', async () => {
    expect(await hasher.verify('secret\0two', await hasher.hash('secret\0one'))).toBe(false);
  });

  it('is the same for both spellings of an accented letter', async () => {
    expect(await hasher.verify('cafe\u0301', await hasher.hash('caf\u00e9'))).toBe(true);
  });

  it('keeps every space', async () => {
    const stored = await hasher.hash(' two  spaces ');
    expect(await hasher.verify(' two  spaces ', stored)).toBe(true);
    expect(await hasher.verify('two  spaces', stored)).toBe(false);
    expect(await hasher.verify(' two spaces ', stored)).toBe(false);
  });

  it('is worth nothing without the key', async () => {
    const stored = await hasher.hash('correct horse');
    const stranger = new PasswordHasher({
      cost: 4,
      keys: keyRing({ id: 'k1', secret: Buffer.alloc(48, 'x') }),
    });
    expect(await stranger.verify('correct horse', stored)).toBe(false);
  });
});

describe('a hash of another day', () => {
  it('still matches after the key was rotated, and asks to be made anew', async () => {
    const stored = await hasher.hash('correct horse');
    const rotated = new PasswordHasher({ cost: 4, keys: keyRing(key('k2'), key('k1')) });
    expect(await rotated.verify('correct horse', stored)).toBe(true);
    expect(rotated.needsRehash(stored)).toBe(true);
    expect(rotated.needsRehash(await rotated.hash('correct horse'))).toBe(false);
  });

  it('still matches after the cost was changed, and asks to be made anew', async () => {
    const stored = await hasher.hash('correct horse');
    const costlier = new PasswordHasher({ cost: 5, keys: keyRing(key('k1')) });
    expect(await costlier.verify('correct horse', stored)).toBe(true);
    expect(costlier.needsRehash(stored)).toBe(true);
    expect(hasher.needsRehash(stored)).toBe(false);
  });

  it('of a Django site matches the password as it was typed there, and asks to be made anew', async () => {
    expect(await hasher.verify('correct horse battery staple', DJANGO)).toBe(true);
    expect(await hasher.verify('correct horse battery stapld', DJANGO)).toBe(false);
    expect(await hasher.verify('  pass\u0301 word  ', DJANGO_NOT_NORMAL)).toBe(true);
    expect(hasher.needsRehash(DJANGO)).toBe(true);
  });
});

describe('what a stranger can measure', () => {
  const real = '$2b$04$'.padEnd(60, 'a');
  const cases: [string, string | null][] = [
    ['an unknown user', null],
    ['an account without a password', hasher.unusable()],
    ['an empty hash', ''],
    ['an unknown scheme', 'argon2id$v=19$m=1$abc$def'],
    ['a bare bcrypt hash', real],
    ['a key that is gone', `${PASSWORD_SCHEME}$gone$${real}`],
    ['a cost that would take hours', `${PASSWORD_SCHEME}$k1$$2b$31$${'a'.repeat(53)}`],
    ['a damaged hash', `${PASSWORD_SCHEME}$k1$$2b$04$short`],
    ['a Django hash that would take minutes', DJANGO.replace('$1000$', '$2000001$')],
    ['a Django hash with no iterations', DJANGO.replace('$1000$', '$0$')],
    ['a damaged Django hash', DJANGO.slice(0, -4)],
    ['an unusable Django hash', '!Jk3vN0pQ'],
  ];

  it.each(cases)('%s costs exactly one hash and never matches', async (_what, stored) => {
    const queue = new CountingQueue();
    const counted = new PasswordHasher({ cost: 4, keys: keyRing(key('k1')) }, queue);
    expect(await counted.verify('correct horse', stored)).toBe(false);
    expect(queue.runs).toBe(1);
  });

  it('a right and a wrong password cost one hash as well', async () => {
    const queue = new CountingQueue();
    const counted = new PasswordHasher({ cost: 4, keys: keyRing(key('k1')) }, queue);
    const stored = await hasher.hash('correct horse');
    expect([
      await counted.verify('correct horse', stored),
      await counted.verify('wrong', stored),
    ]).toEqual([true, false]);
    expect(queue.runs).toBe(2);
  });

  it('accounts without a password do not look alike', () => {
    expect(hasher.unusable()).toMatch(/^![\w-]{40}$/);
    expect(hasher.unusable()).not.toBe(hasher.unusable());
  });
});

describe('a hasher', () => {
  it.each([
    ['too cheap a cost', 3, 'k1'],
    ['a cost nobody could wait for', 17, 'k1'],
    ['a key id that would break the format', 4, 'k$1'],
  ])('is not made with %s', (_what, cost, id) => {
    expect(() => new PasswordHasher({ cost, keys: keyRing(key(id)) })).toThrow(RangeError);
  });
});
