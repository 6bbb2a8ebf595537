import { similarTo } from './similar-words.js';

const about = {
  username: 'alice.b@example.com',
  fullName: 'Renée Liddell',
  phoneNumber: '+14155550100',
};

describe('a password like what others know of the person', () => {
  it.each([
    ['username', 'alice.b@example.com'],
    ['username', 'ALICE2024!'],
    ['username', 'my-alice-99'],
    ['username', 'a1iceb@examp1e.com'],
    ['username', 'ice.b@exam'],
    ['full name', 'reneeliddell'],
    ['full name', 'Rene\u0301e-1!'],
    ['full name', '1iddell7'],
    ['phone number', '415-555-0100'],
    ['phone number', '+1 (415) 555-0100!'],
    ['phone number', 'call 4155550100 now'],
    ['name of this service', 'Ringback1'],
    ['name of this service', 'ring-back-password'],
  ])('is refused: like the %s, %j', (what, password) => {
    expect(similarTo(password, about)).toBe(what);
  });

  it.each([
    'alice likes cake and tea',
    'correct horse battery',
    'compact7!x',
    '        ',
    'x7!kQ9-zw',
  ])('may be another one: %j', (password) => {
    expect(similarTo(password, about)).toBeNull();
  });

  it('does not mind that a long passphrase has the letters of a long name', () => {
    const longName = { ...about, fullName: 'Bartholomew Cornelius Shaftesbury' };
    expect(similarTo('three bottles of warm ale, such a luncheon', longName)).toBeNull();
  });

  it('does not mind what is unknown', () => {
    expect(similarTo('x7!kQ9-zw', { username: '', fullName: '', phoneNumber: '' })).toBeNull();
    expect(similarTo('x7!kQ9-zw', { username: 'x', fullName: 'k Q', phoneNumber: '' })).toBeNull();
  });
});
