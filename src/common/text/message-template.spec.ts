import { fillTemplate, templateProblem } from './message-template.js';

const host = 'accounts.example.com';
const fill = (template: string) => fillTemplate(template, { code: '012345', minutes: 9, host });

describe('a filled template', () => {
  it('ends with the origin line, placed or not', () => {
    expect(fill('{code}: {minutes} min, {code}')).toBe(`012345: 9 min, 012345\n@${host} #012345`);
    expect(fill('{code}\n\n{origin}')).toBe(`012345\n\n@${host} #012345`);
  });

  it('fills once: what comes in is not looked at again', () => {
    expect(fillTemplate('{code}', { code: '{minutes}', minutes: 9, host: 'a.example' })).toBe(
      '{minutes}\n@a.example #{minutes}',
    );
  });

  it('takes no pattern for a pattern', () => {
    expect(fillTemplate('{code}', { code: '$&', minutes: 9, host: 'a.example' })).toBe(
      '$&\n@a.example #$&',
    );
  });
});

describe("an operator's template", () => {
  const noPlaceholder = (word: string) =>
    `${word} is no placeholder; there are {code}, {minutes}, {origin}`;
  const NOT_LAST = 'must have {origin} alone on its last line, or leave it out';
  const OWN_LINE = 'must not write a line like "@host #code"; {origin} is that line';

  it.each([
    '{code}',
    '{code} is your code at Café Müller.\nIt works {minutes} minutes.',
    '{code}\n{origin}',
    'Hello @ Acme, # is {code}',
    'Ваш код {code}',
    `{code} ${'x'.repeat(160 - 7 - 30)}`,
    `{code} {minutes} ${'ж'.repeat(70 - 10 - 30)}`,
    `{code} ${'€'.repeat(61)}`,
  ])('is taken: %j', (template) => expect(templateProblem(template, host)).toBeNull());

  it.each([
    ['without a code', 'Hello {minutes}', 'must contain {code}'],
    ['with the code in the origin line only', 'Hello\n{origin}', 'must contain {code}'],
    ['that is empty', '', 'must contain {code}'],
    ['with an unknown placeholder', '{code} {name}', noPlaceholder('{name}')],
    ['with a space in a placeholder', '{code} { minutes }', noPlaceholder('{ minutes }')],
    ['with a placeholder of another case', '{Code}', noPlaceholder('{Code}')],
    ['with an empty placeholder', '{code}{}', noPlaceholder('{}')],
    ['with a prototype for a placeholder', '{code} {__proto__}', noPlaceholder('{__proto__}')],
    ['with text after the origin', '{code}\n{origin}.', NOT_LAST],
    ['with a line after the origin', '{code}\n{origin}\n', NOT_LAST],
    ['with text before the origin', '{code} {origin}', NOT_LAST],
    ['with the origin first', '{origin}\n{code}', NOT_LAST],
    ['with two origins', '{code}\n{origin}\n{origin}', NOT_LAST],
    ['with an origin of its own', '{code}\n@evil.example #{code}', OWN_LINE],
  ])('is refused %s', (_what, template, problem) =>
    expect(templateProblem(template, host)).toBe(problem),
  );

  it('is refused when it overflows one message, and told by how much and why', () => {
    expect(templateProblem(`{code} ${'x'.repeat(124)}`, host)).toBe(
      'makes 161 characters with the origin line, and one message holds 160; shorten it',
    );
    expect(templateProblem(`{code} ó{minutes}${'x'.repeat(31)}`, host)).toBe(
      'makes 71 characters with the origin line, and one message holds 70, for "ó" is not in the GSM alphabet; shorten it',
    );
    expect(templateProblem(`{code} ${'€'.repeat(62)}`, host)).toContain('makes 161 characters');
  });

  it('may fit one host and not a longer one', () => {
    const template = `{code} ${'x'.repeat(123)}`;
    expect(templateProblem(template, host)).toBeNull();
    expect(templateProblem(template, `${host}:8443`)).toContain('makes 165 characters');
  });
});
