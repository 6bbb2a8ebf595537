import { parsed, refusal, sentence, type Chosen } from '../../../test/support/typed-number.js';

const e164 = (input: string, chosen?: Chosen): string => parsed(input, chosen).e164;

describe('the ways of a country', () => {
  it.each([
    '11 2345-6789',
    '011 2345-6789',
    '011 15 2345-6789',
    '11 15 2345 6789',
    '9 11 2345 6789',
    '54 11 2345 6789',
    '54 9 11 2345 6789',
    '+54 11 2345-6789',
    '+54 9 11 2345-6789',
    '+54 9 11 15 2345-6789',
    '+54 011 15 2345-6789',
    '0054 11 2345-6789',
  ])('Argentina: %s is the mobile number', (typed) =>
    expect(e164(typed, { country: 'AR' })).toBe('+5491123456789'),
  );

  it('Argentina: longer areas, with and without 15', () => {
    for (const typed of [
      '351 234 5678',
      '0351 15 234 5678',
      '+54 351 234 5678',
      '+54 9 351 234 5678',
    ])
      expect(e164(typed, { country: 'AR' })).toBe('+5493512345678');
    for (const typed of ['2966 42 1234', '02966 15 42 1234'])
      expect(e164(typed, { country: 'AR' })).toBe('+5492966421234');
  });

  it.each([
    '55 1234 5678',
    '1 55 1234 5678',
    '01 55 1234 5678',
    '044 55 1234 5678',
    '045 55 1234 5678',
    '52 1 55 1234 5678',
    '+52 55 1234 5678',
    '+52 1 55 1234 5678',
    '+52 044 55 1234 5678',
    '00 52 1 55 1234 5678',
  ])('Mexico: %s', (typed) => {
    expect(e164(typed, { country: 'MX' })).toBe('+525512345678');
  });

  it.each([
    '077 12 34 56',
    '07 12 34 56',
    '7 12 34 56',
    '77 12 34 56',
    '+241 07 12 34 56',
    '+241 7 12 34 56',
    '+241 77 12 34 56',
    '+241 077 12 34 56',
    '241 07 12 34 56',
    '00 241 77 12 34 56',
  ])('Gabon: %s is one number, old and new', (typed) => {
    expect(e164(typed, { country: 'GA' })).toBe('+24177123456');
  });

  it('Gabon: each old digit has its operator', () => {
    const numbers = ['02', '04', '05', '06', '07'].map((old) =>
      e164(`${old} 12 34 56`, { country: 'GA' }).slice(4, 6),
    );
    expect(numbers).toEqual(['62', '74', '65', '66', '77']);
    for (const typed of [
      '03 12 34 56',
      '3 12 34 56',
      '+241 03 12 34 56',
      '+241 3 12 34 56',
      '00 241 03 12 34 56',
    ]) {
      expect(refusal(typed, { country: 'GA' })).toBe('phone_number: outdated');
    }
  });

  it.each([
    '310 123 4567',
    '0310 123 4567',
    '03 310 123 4567',
    '57 310 123 4567',
    '+57 310 123 4567',
    '+57 03 310 123 4567',
  ])('Colombia: %s', (typed) => expect(e164(typed, { country: 'CO' })).toBe('+573101234567'));

  it.each([
    '11 96123-4567',
    '011 96123-4567',
    '0 15 11 96123-4567',
    '021 11 96123-4567',
    '+55 11 96123-4567',
    '55 11 96123-4567',
  ])('Brazil, with and without a carrier: %s', (typed) =>
    expect(e164(typed, { country: 'BR' })).toBe('+5511961234567'),
  );

  it.each<[string, string, RegExp]>([
    ['CI', '07 12 34 56', /ten digits since 2021.*e\.g\. \+225 01 23 45 6789/],
    ['CI', '+225 07 12 34 56', /ten digits since 2021/],
    ['CI', '225 47 12 34 56', /ten digits since 2021/],
    ['BJ', '97 12 34 56', /ten digits since 2024: put 01 before.*e\.g\. \+229 01 95 12 34 56/],
    ['BJ', '00229 97 12 34 56', /put 01 before/],
    ['VN', '0168 123 4567', /0168 became 038/],
    ['BR', '11 9612-3456', /put 9 before/],
    ['EC', '+593 9 912 3456', /Ecuador.*since 2012/],
  ])('%s: %s is a number of old, and the sentence says how it is now', (country, typed, says) => {
    expect(refusal(typed, { country })).toBe('phone_number: outdated');
    expect(sentence(typed, { country })).toMatch(says);
  });

  it('Seychelles: 0 and the code is read so, though 02 leads abroad and the rest is a landline of Poland', () => {
    expect(e164('0248 2519808', { country: 'SC' })).toBe('+2482519808');
  });
});
