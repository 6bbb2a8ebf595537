import { days } from '../src/common/clock.js';
import { loadSettings } from '../src/load-settings.js';
import { Answer, type Ask } from './exchange.js';
import { ensureOwned, type Claim } from './ownership.js';
import { makeProof, WELL_KNOWN } from './proof.js';
import type { Target } from './target.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const ORIGIN = 'https://accounts.example';
const settingsOf = (key: string) => loadSettings({ NODE_ENV: 'test', SECRET_KEY: key.repeat(32) });
const settings = settingsOf('k');

/** A target that serves `text` at the well-known place and counts what it was asked. */
function host(origin: string, { status = 200, text = '' } = {}) {
  const asked: Ask[] = [];
  const send = (ask: Ask) => {
    asked.push(ask);
    return Promise.resolve(new Answer(ask, status, {}, text, 1));
  };
  return { target: { origin, send } as unknown as Target, asked };
}

const claim = (origin: string, given: Claim, now = NOW) => {
  const { target, asked } = host(origin);
  return { owned: ensureOwned(target, given, settings, now), asked };
};

describe('what may be attacked', () => {
  it.each([
    'http://127.0.0.1:3000',
    'http://localhost:3000',
    'http://[::1]:3000',
    'https://127.8.8.8',
  ])('this machine: %s', async (origin) => {
    expect(await claim(origin, {}).owned).toBe('loopback');
  });

  it.each([
    ORIGIN,
    'http://192.168.0.7',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://0.0.0.0',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
  ])('not another one: %s, and it is asked nothing', async (origin) => {
    const { owned, asked } = claim(origin, {});
    await expect(owned).rejects.toThrow(/is not this machine/);
    expect(asked).toEqual([]);
  });

  it('one whose host name was typed once more', async () => {
    expect(await claim(ORIGIN, { iOwn: 'Accounts.Example' }).owned).toContain('accounts.example');
    await expect(claim(ORIGIN, { iOwn: 'other.example' }).owned).rejects.toThrow(
      '--i-own names other.example',
    );
  });
});

describe('a proof', () => {
  const proof = makeProof(ORIGIN, settings, NOW);
  const { token } = JSON.parse(proof) as { token: string };
  const served = (text: string, status = 200) => host(ORIGIN, { text, status });

  it('opens the host that serves its token, and asks it for nothing else', async () => {
    const { target, asked } = served(`${token}\n`);
    expect(await ensureOwned(target, { proof }, settings, NOW)).toContain('SECRET_KEY');
    expect(asked).toEqual([{ method: 'GET', path: WELL_KNOWN }]);
  });

  const UNSERVED: [string, string, number][] = [
    ['another token', 'x', 200],
    ['a redirect', token, 302],
    ['nothing', '', 404],
  ];
  it.each(UNSERVED)('not where %s is served', async (_, text, status) => {
    await expect(
      ensureOwned(served(text, status).target, { proof }, settings, NOW),
    ).rejects.toThrow(/does not serve the token/);
  });

  it.each([
    [
      'signed with another key',
      makeProof(ORIGIN, settingsOf('z'), NOW),
      /not signed with this SECRET_KEY/,
    ],
    [
      'made for another host',
      makeProof('https://other.example', settings, NOW),
      /is for https:\/\/other\.example/,
    ],
    [
      'turned to another host',
      makeProof('https://other.example', settings, NOW).replace('other', 'accounts'),
      /not signed/,
    ],
    [
      'more than a week old',
      makeProof(ORIGIN, settings, new Date(NOW.getTime() - days(8))),
      /too old/,
    ],
    ['no proof at all', '{"origin":"https://accounts.example"}', /holds no proof/],
    ['no JSON', 'hello', /holds no proof/],
  ])('is refused where it was %s, before anything is asked', async (_, text, sentence) => {
    const { target, asked } = served(token);
    await expect(ensureOwned(target, { proof: text }, settings, NOW)).rejects.toThrow(sentence);
    expect(asked).toEqual([]);
  });

  it('holds nothing of the key, and a new token each time', () => {
    expect(proof).not.toContain('kkkk');
    expect(makeProof(ORIGIN, settings, NOW)).not.toBe(proof);
  });
});
