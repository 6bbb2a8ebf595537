import { createChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { KeyRing } from '../../src/config/keys/key-ring.js';
import { FakeClock } from '../support/fake-clock.js';
import { answer, solve } from '../support/solve.js';
import { PUZZLE_LIFE, type Puzzle } from '../../src/bot-check/bot-check.js';
import { ProofOfWork } from '../../src/bot-check/proof-of-work.check.js';

const [OLD, NEW] = [
  'an old key that is long enough to be one',
  'a new key that is long enough to be one',
];
const KEY_ID = new KeyRing([OLD]).for('bot-check').current.id;
const REFUSED = { outcome: 'refused' };

describe('a proof of work', () => {
  const clock = new FakeClock();
  const work = (...keys: string[]) => new ProofOfWork(new KeyRing(keys), clock, 20);
  const read = (text: string) =>
    JSON.parse(Buffer.from(text, 'base64').toString()) as { challenge: Puzzle; solution: object };

  it("passes when it was done, under the puzzle's own name", async () => {
    const { puzzle } = await work(OLD).newTask();
    expect(await work(OLD).verify(await solve(puzzle))).toEqual({
      outcome: 'passed',
      once: puzzle.parameters['nonce'],
    });
  });

  it('takes at least half of the steps, and no more than all of them', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { solution } = read(await solve((await work(OLD).newTask()).puzzle));
      expect((solution as { counter: number }).counter).toBeGreaterThanOrEqual(10);
      expect((solution as { counter: number }).counter).toBeLessThanOrEqual(20);
    }
  });

  it('outlives a rotation of keys, until its key is gone', async () => {
    const solved = await solve((await work(OLD).newTask()).puzzle);
    expect(await work(NEW, OLD).verify(solved)).toMatchObject({ outcome: 'passed' });
    expect(await work(NEW).verify(solved)).toEqual(REFUSED);
  });

  it('counts for 20 minutes by the clock of the product', async () => {
    const { puzzle, expiresAt } = await work(OLD).newTask();
    const solved = await solve(puzzle);
    clock.advance(PUZZLE_LIFE - 1);
    expect(await work(OLD).verify(solved)).toMatchObject({ outcome: 'passed' });
    clock.advance(1);
    expect(clock.now()).toEqual(expiresAt);
    expect(await work(OLD).verify(solved)).toEqual(REFUSED);
  });

  it.each([
    ['an easier prefix', { keyPrefix: '00' }],
    ['fewer iterations', { cost: 1 }],
    ['another nonce', { nonce: '00'.repeat(16) }],
    ['a shorter key', { keyLength: 1 }],
    ['another algorithm', { algorithm: 'SHA-256' }],
    ['no key signature', { keySignature: '' }],
    ['something more', { expiresAt: 9_999_999_999 }],
    ['a later end', { data: { key: KEY_ID, until: 9_999_999_999_999 } }],
  ])('does not pass with %s', async (_, change) => {
    const { puzzle } = await work(OLD).newTask();
    const { solution } = read(await solve(puzzle));
    const changed = { ...puzzle.parameters, ...change };
    expect(await work(OLD).verify(answer({ ...puzzle, parameters: changed }, solution))).toEqual(
      REFUSED,
    );
  });

  it('does not pass with the solution of another puzzle, or none', async () => {
    const [one, other] = [(await work(OLD).newTask()).puzzle, (await work(OLD).newTask()).puzzle];
    const { solution } = read(await solve(other));
    const prefix = String(one.parameters['keyPrefix']);
    const guesses = [prefix, prefix.repeat(2)].map((derivedKey) => ({ counter: 0, derivedKey }));
    for (const wrong of [solution, {}, null, ...guesses]) {
      expect(await work(OLD).verify(answer(one, wrong))).toEqual(REFUSED);
    }
  });

  it("does not pass when somebody else made the puzzle, with no key, another one, or our key's name", async () => {
    const { data } = (await work(OLD).newTask()).puzzle.parameters as {
      data: Record<string, string>;
    };
    const easy = { algorithm: 'PBKDF2/SHA-256', cost: 1, counter: 1, deriveKey, data };
    for (const secrets of [
      {},
      { hmacSignatureSecret: 'x' },
      { hmacSignatureSecret: 'x', hmacKeySignatureSecret: 'y' },
    ]) {
      const puzzle = await createChallenge({ ...easy, ...secrets });
      expect(await work(OLD).verify(await solve(puzzle))).toEqual(REFUSED);
    }
  });

  it.each([
    '',
    ' ',
    'e30=',
    'null',
    'bnVsbA==',
    'W10=',
    '{}',
    '0.token',
    'x'.repeat(99_000),
    'eyJjaGFsbGVuZ2UiOnsi',
  ])('is not %s', async (text) => expect(await work(OLD).verify(text)).toEqual(REFUSED));
});
