import { readFileSync, writeFileSync } from 'node:fs';
import { mobilesOfPattern, spellingsOf } from './support/number-spellings.js';
import { read } from './support/typed-number.js';
import { allCountries } from '../src/common/phone/numbering-plan.js';
import { exampleNumber } from '../src/common/phone/example-number.js';

/** Random numbers of each country, beside the example; the bench takes many more. */
const FEW = 2;
const each = Number(process.env['NUMBERS_PER_COUNTRY'] ?? FEW);
const DOCUMENT = new URL('../docs/numbers.md', import.meta.url);

type Outcome = 'right' | 'asked' | 'refused' | 'another';

/**
 * Gabon's old seven digits have become eight (docs/numbers.md); those that began with 3 have become
 * nothing.
 */
function rightOf(e164: string): string {
  const [, first = '', rest = ''] = /^\+2410?([2-7])(\d{6})$/.exec(e164) ?? [];
  return first === '' ? e164 : `+241${'47'.includes(first) ? 7 : 6}${first}${rest}`;
}

function outcomeOf(typed: string, country: string, right: string): Outcome {
  const found = read(typed, { country });
  if (typeof found === 'string') return found === right ? 'right' : 'another';
  if (found.choices) return found.choices.includes(right) ? 'asked' : 'another';
  return found.detail.includes(exampleNumber(country)) ? 'refused' : 'another';
}

describe('mobile numbers of every country and territory, in every spelling', () => {
  const counts = new Map<string, Record<Outcome, number>>();
  const others: string[] = [];
  let countries = 0;
  let numbers = 0;
  beforeAll(() => {
    for (const country of allCountries()) {
      const mobiles = mobilesOfPattern(country, each);
      countries += Number(mobiles.length > 0);
      numbers += mobiles.length;
      for (const number of mobiles) {
        for (const [spelling, typed] of Object.entries(spellingsOf(number, country))) {
          const outcome = outcomeOf(typed, country, rightOf(number));
          const counted = counts.get(spelling) ?? { right: 0, asked: 0, refused: 0, another: 0 };
          counted[outcome] += 1;
          counts.set(spelling, counted);
          if (outcome === 'another') others.push(`${country}: ${typed}`);
        }
      }
    }
  }, 600_000);

  it('are read right, asked about, or refused with an example, and never as another number', () => {
    expect(others).toEqual([]);
    expect(countries).toBe(allCountries().length);
  });

  it('are read right but for those that the document counts', () => {
    if (each !== FEW) return;
    const rows = [...counts].map(
      ([spelling, { right, asked, refused }]) =>
        `| ${spelling} | ${right} | ${asked} | ${refused} |`,
    );
    const head = [
      `${numbers} numbers of ${countries} countries:`,
      '',
      '| spelling | right | asked | refused |',
    ];
    const table = [...head, '| --- | --- | --- | --- |', ...rows];
    const document = readFileSync(DOCUMENT, 'utf8');
    if (process.env['NUMBERS_TABLE'] === 'write') {
      writeFileSync(
        DOCUMENT,
        document.replace(/\n\d+ numbers of[\s\S]*?\n(?=\n[^|]|$)/, `\n${table.join('\n')}\n`),
      );
    } else expect(document).toContain(table.join('\n'));
  });
});
