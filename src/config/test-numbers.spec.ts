import { loadSettings } from '../load-settings.js';
import { parseTestNumbers } from './test-numbers.js';

const read = (numbers?: string, until?: string, isProduction = false) =>
  parseTestNumbers({ numbers, until, isProduction });

const ONE = '+14155550100=123456';

describe('TEST_NUMBERS', () => {
  it('is nothing unless told', () => {
    expect(read()).toEqual({ testNumbers: { codes: new Map(), until: null }, problems: [] });
    expect(read('', undefined, true).problems).toEqual([]);
  });

  it.each<[string, [string, string][]]>([
    [ONE, [['+14155550100', '123456']]],
    [
      `${ONE};+919876543210=000000`,
      [
        ['+14155550100', '123456'],
        ['+919876543210', '000000'],
      ],
    ],
    [
      ` ${ONE} ; +14155550101=123456 ; `,
      [
        ['+14155550100', '123456'],
        ['+14155550101', '123456'],
      ],
    ],
    ['+29051234=123456', [['+29051234', '123456']]],
    ['+4407400123456=123456', [['+447400123456', '123456']]],
    ['0044 7400 123456=123456', [['+447400123456', '123456']]],
  ])('%p', (text, codes) => {
    const { testNumbers, problems } = read(text);
    expect(problems).toEqual([]);
    expect([...testNumbers.codes]).toEqual(codes);
  });

  it.each([
    '+14155550100',
    '+14155550100=',
    '+14155550100=12345',
    '+14155550100=1234567',
    '+14155550100=12345a',
    '+14155550100=١٢٣٤٥٦',
    '+14155550100:123456',
    `${ONE},+14155550101=123456`,
    `${ONE};+14155550101`,
    `${ONE}=`,
  ])('refuses %p, without saying it', (text) => {
    expect(read(text).problems).toEqual([
      'TEST_NUMBERS: must be +NUMBER=CODE with six digits, separated by semicolons',
    ]);
  });

  it.each([
    '14155550100',
    '+04155550100',
    '+141',
    '+1415555010012345',
    '+4930901820',
    '+18005550100',
    'x+14155550100',
  ])('refuses %p, which no mobile number is', (number) =>
    expect(read(`${number}=123456`).problems).toEqual([
      'TEST_NUMBERS: names what is no mobile number: write it with + and its country code',
    ]),
  );

  it('takes national numbers of the default country', () => {
    const numbers = '07400 123456=123456';
    const { testNumbers } = parseTestNumbers({
      numbers,
      until: undefined,
      isProduction: false,
      defaultCountry: 'GB',
    });
    expect([...testNumbers.codes.keys()]).toEqual(['+447400123456']);
  });

  it('refuses a number that stands twice, whatever its codes', () => {
    expect(read(`${ONE};${ONE}`).problems).toEqual(['TEST_NUMBERS: names a number twice']);
    expect(read(`${ONE};+1 415 555 0100=654321`).problems).toEqual([
      'TEST_NUMBERS: names a number twice',
    ]);
  });

  it('tells all that is wrong, and no code', () => {
    const { problems } = read('+14155550100=975310;+14155550100=864209;+1=753951', 'soon', true);
    expect(problems).toHaveLength(3);
    for (const code of ['975310', '864209', '753951']) expect(problems.join()).not.toContain(code);
  });
});

describe('TEST_NUMBERS_UNTIL', () => {
  it('is the end of that day in UTC', () => {
    expect(read(ONE, '2027-01-31', true)).toMatchObject({
      testNumbers: { until: new Date('2027-01-31T23:59:59.999Z') },
      problems: [],
    });
    expect(read(ONE, '2028-02-29').problems).toEqual([]);
  });

  it.each([
    '2027-02-30',
    '2027-02-29',
    '2027-13-01',
    '2027-00-10',
    '2027-01-00',
    '31.01.2027',
    '2027-1-31',
    'soon',
    '',
  ])('refuses %p', (until) =>
    expect(read(ONE, until).problems).toEqual([
      'TEST_NUMBERS_UNTIL: must be a date, e.g. 2027-01-31',
    ]),
  );

  it('is required in production where there are test numbers, a past one too', () => {
    expect(read(ONE, undefined, true).problems).toEqual([
      'TEST_NUMBERS_UNTIL: is required in production',
    ]);
    expect(read(ONE).problems).toEqual([]);
    expect(read(undefined, undefined, true).problems).toEqual([]);
    expect(read(ONE, '2001-01-01', true).problems).toEqual([]);
  });

  it('is asked for at start', () => {
    const production = {
      NODE_ENV: 'production',
      SECRET_KEY: 'a key of more than thirty-two characters',
      PUBLIC_URL: 'https://accounts.example',
      VERIFICATION_PROVIDER: 'authy',
      AUTHY_KEY: 'x',
      TEST_NUMBERS: ONE,
    };
    expect(() => loadSettings(production)).toThrow('TEST_NUMBERS_UNTIL: is required in production');
    const { testNumbers } = loadSettings({ ...production, TEST_NUMBERS_UNTIL: '2027-01-31' });
    expect([...testNumbers.codes.keys()]).toEqual(['+14155550100']);
  });
});
