import { readFileSync } from 'node:fs';
import { ATTACKS } from './all-attacks.js';

describe('the attacks', () => {
  it('each has its row in docs/attack.md, and no row is without one', () => {
    const rows = readFileSync('docs/attack.md', 'utf8')
      .split('\n')
      .filter((line) => /^\| `[a-z-]+` \|/.test(line));
    expect(rows).toEqual(
      ATTACKS.map(
        ({ name, tries, failsWhen, rule }) => `| \`${name}\` | ${tries} | ${failsWhen} | ${rule} |`,
      ),
    );
  });
});
