import { isSameInConstantTime } from './constant-time.js';

describe('isSameInConstantTime', () => {
  it.each([
    ['abc', 'abc', true],
    ['', '', true],
    ['abc', 'abd', false],
    ['abc', 'ab', false],
    ['abc', 'abcd', false],
    ['abc', 'ABC', false],
    ['abc', '', false],
    ['é', 'e', false],
  ])('%j and %j: %j', (expected, given, isSame) => {
    expect(isSameInConstantTime(expected, given)).toBe(isSame);
  });
});
