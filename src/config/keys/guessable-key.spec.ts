import { randomBytes } from 'node:crypto';
import { isGuessable } from './guessable-key.js';

describe('a secret key that can be guessed', () => {
  it.each([
    'k'.repeat(32),
    'abc'.repeat(12),
    'ab'.repeat(16),
    '0'.repeat(64),
    'password1'.repeat(4),
    'changeme-changeme-changeme-changeme-',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '0123456789abcdef0123456789abcdef',
    'aaaabbbbccccddddeeeeffffgggghhhh',
    'zyxwvutsrqponmlkjihgfedcba987654',
    '                                ',
    '2026202620262026202620262026202620',
  ])('%s is one', (key) => {
    expect(isGuessable(key)).toBe(true);
  });

  it('none that was made at random is, in any common alphabet', () => {
    for (let made = 0; made < 2000; made += 1) {
      expect(isGuessable(randomBytes(48).toString('base64url'))).toBe(false);
      expect(isGuessable(randomBytes(16).toString('hex'))).toBe(false);
    }
  });
});
