import { reasonWord, referenceOf } from './gateway-callback.js';

describe('referenceOf', () => {
  const reference = 'AAECAwQFBgcICQoLDA0O-_';
  const of = (path: string) => referenceOf({ url: `https://accounts.example.com${path}` });

  it('is the last segment of the address', () => {
    for (const end of ['', '/', '?a=1', '/?a=/b', '#c'])
      expect(of(`/delivery/twilio/${reference}${end}`)).toBe(reference);
  });

  it.each([
    '',
    '/',
    '/delivery/twilio',
    `/${reference}A`,
    `/${reference}/x`,
    `/x${reference}`,
    '/AAECAwQFBgcICQoLDA0O%2D',
  ])('is not in %j', (path) => {
    expect(of(path)).toBeUndefined();
  });

  it('is not in the query', () => {
    expect(of(`/delivery?to=/${reference}`)).toBeUndefined();
  });
});

describe('reasonWord', () => {
  it("is the gateway's own word or number", () => {
    expect(['30003', ' absent subscriber ', 'EC_UNKNOWN', 'x'.repeat(40)].map(reasonWord)).toEqual([
      '30003',
      'absent_subscriber',
      'EC_UNKNOWN',
      'x'.repeat(40),
    ]);
  });

  const others = [
    null,
    undefined,
    '',
    '  ',
    'x'.repeat(41),
    '<b>',
    'to 14155550100',
    '+14155550100',
    '4155550',
    'é',
  ];
  it.each(others)('is not %j', (text) => {
    expect(reasonWord(text)).toBeUndefined();
  });
});
