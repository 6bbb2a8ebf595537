import {
  contextOf,
  fill,
  isNamed,
  PLACEHOLDERS,
  strangersIn,
  type Values,
} from './request-template.js';

const values: Values = {
  to: '+14155550100',
  to_digits: '14155550100',
  text: '{code} "a"\n<b> & é',
  code: '012345',
  locale: 'en',
  ttl: '600',
  reference: 'AAECAwQFBgcICQoLDA0ODw',
  callback_url: '',
  country: 'US',
};

describe('a template of a request', () => {
  it('fills each placeholder once, and fills no value again', () => {
    expect(fill('{to}/{to_digits}/{to}', values, 'plain')).toBe(
      '+14155550100/14155550100/+14155550100',
    );
    expect(fill('{text}', values, 'plain')).toBe(values.text);
    for (const name of PLACEHOLDERS) expect(fill(`{${name}}`, values, 'plain')).toBe(values[name]);
  });

  it('leaves alone what is no placeholder', () => {
    const others = ['{', '{}', '{TO}', '{ to }', '{constructor}', '{"a": 1}', '$1 $&'];
    for (const other of others) expect(fill(other, values, 'json')).toBe(other);
  });

  it.each([
    ['url', '%7Bcode%7D%20%22a%22%0A%3Cb%3E%20%26%20%C3%A9'],
    ['form', '%7Bcode%7D%20%22a%22%0A%3Cb%3E%20%26%20%C3%A9'],
    ['json', '{code} \\"a\\"\\n<b> & é'],
    ['xml', '{code} &quot;a&quot;\n&lt;b&gt; &amp; é'],
    ['header', '{code} "a"<b> & '],
    ['plain', values.text],
  ] as const)('writes a value in its place: %s', (context, written) => {
    expect(fill('{text}', values, context)).toBe(written);
  });

  it('breaks on no half character and no control character', () => {
    const odd = { ...values, text: 'a\ud83d\u0000\u000bb' };
    expect(fill('{text}', odd, 'url')).toBe('a%EF%BF%BD%00%0Bb');
    expect(fill('{text}', odd, 'xml')).toBe('a\ud83db');
    expect(fill('{text}', odd, 'header')).toBe('ab');
    expect(JSON.parse(`"${fill('{text}', odd, 'json')}"`)).toBe(odd.text);
  });

  it('tells strangers, once each', () => {
    expect(
      strangersIn('{to} {phone} {To} {phone} {phone number} {to-digits} {"a": {ttl}} {} { to }'),
    ).toEqual(['phone', 'To', 'phone number', 'to-digits']);
  });

  it('knows who is named, in any of the templates', () => {
    expect(isNamed(['', 'x{to}'], 'to', 'to_digits')).toBe(true);
    expect(isNamed(['x{to}', ''], 'to')).toBe(true);
    expect(isNamed(['{to_digits}', 'to'], 'to')).toBe(false);
    expect(isNamed([], 'to')).toBe(false);
  });

  it.each([
    ['application/json', 'json'],
    ['application/vnd.api+json; charset=utf-8', 'json'],
    ['application/xml', 'xml'],
    ['text/xml', 'xml'],
    ['application/soap+xml', 'xml'],
    ['application/x-www-form-urlencoded', 'form'],
    ['text/plain;charset=utf-8', 'plain'],
    ['multipart/form-data', undefined],
    ['text/html', undefined],
    ['', undefined],
    ['x application/x-www-form-urlencoded', undefined],
  ])('a body of %j is %j', (type, context) => {
    expect(contextOf(type)).toBe(context);
  });
});
