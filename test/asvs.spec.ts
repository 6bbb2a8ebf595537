import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
// @ts-expect-error A script without types.
import { asvsPage } from '../scripts/asvs.mjs';

interface Requirement {
  id: string;
  level: 1 | 2 | 3;
  chapter: string;
  text: string;
  status: 'pass' | 'operator' | 'planned' | 'open';
  /** Files, or `file > name of a test in it`. */
  evidence: string[];
  note?: string;
}

const read = (file: string) => readFileSync(path.resolve(file), 'utf8');
const requirements = JSON.parse(read('docs/asvs.json')) as Requirement[];

describe('what we say of OWASP ASVS 5.0.0', () => {
  it.each(requirements)('$id names files and tests that are there', ({ evidence }) => {
    for (const one of evidence) {
      const [file = '', test] = one.split(' > ');
      expect({ file, exists: existsSync(file) }).toEqual({ file, exists: true });
      if (test !== undefined) expect(read(file)).toContain(test);
    }
  });

  it('passes only with evidence, and leaves nothing of levels 1 and 2 open', () => {
    const bare = requirements.filter(
      ({ status, evidence }) => status !== 'open' && evidence.length === 0,
    );
    expect(
      bare.filter(({ status, note }) => status === 'pass' || !note).map(({ id }) => id),
    ).toEqual([]);
    expect(
      requirements
        .filter(({ status, level }) => status === 'open' && level < 3)
        .map(({ id }) => id),
    ).toEqual([]);
    const unmet = requirements.filter(({ status }) => status === 'planned' || status === 'open');
    expect(unmet.filter(({ note }) => !note).map(({ id }) => id)).toEqual([]);
  });

  it('is on the page as in the data', () => {
    expect(read('docs/asvs.md')).toBe((asvsPage as (all: Requirement[]) => string)(requirements));
  });

  const specs = process.env['SPECS_DIR'];
  (specs ? it : it.skip)('covers every requirement that applies (needs SPECS_DIR)', () => {
    const named = ({ id, level }: Pick<Requirement, 'id' | 'level'>) => `${id} L${level}`;
    const applicable = JSON.parse(read(path.join(specs ?? '', 'asvs-5.0.0.json'))) as Requirement[];
    expect(requirements.map(named)).toEqual(applicable.map(named));
  });
});
