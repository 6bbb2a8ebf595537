// Writes docs/asvs.md from docs/asvs.json: `node scripts/asvs.mjs`. A test finds the page out of
// date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const docs = new URL('../docs/', import.meta.url);

/** The page for the requirements of the data file. */
export function asvsPage(requirements) {
  const chapters = grouped(requirements);
  const missing = requirements.filter(({ status }) => status === 'planned' || status === 'open');
  const parts = [head(requirements), chapterOf('What is missing', missing)];
  return `${[...parts, ...Array.from(chapters, ([name, rows]) => chapterOf(name, rows))].join('\n\n')}\n`;
}

const grouped = (requirements) =>
  requirements.reduce(
    (groups, one) => groups.set(one.chapter, [...(groups.get(one.chapter) ?? []), one]),
    new Map(),
  );

function head(requirements) {
  const levels = [1, 2, 3].map((level) => {
    const count = (status) =>
      requirements.filter((one) => one.level === level && one.status === status).length;
    return `| L${level} | ${['pass', 'operator', 'planned', 'open'].map(count).join(' | ')} |`;
  });
  return [
    '# OWASP ASVS 5.0.0',
    '',
    `The ${requirements.length} requirements that apply here, in our words, and what shows that each holds. Made from`,
    '[asvs.json](asvs.json) by `node scripts/asvs.mjs`; a test checks that every file and test named here exists.',
    '',
    '`pass`: holds, by the evidence. `operator`: held by how it is run; the evidence tells how. `planned`: not yet; the note',
    'says what brings it. `open`: not met, and why.',
    '',
    '| level | pass | operator | planned | open |',
    '| --- | --- | --- | --- | --- |',
    ...levels,
  ].join('\n');
}

const chapterOf = (name, rows) =>
  [
    `## ${name}`,
    '',
    '| id | level | requirement | status | evidence |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map(row),
  ].join('\n');

function row({ id, level, text, status, evidence, note }) {
  const links = evidence.map((one) => {
    const [file, test] = one.split(' > ');
    const link = `[${path.basename(file)}](../${file})`;
    return test === undefined ? link : `${link}: “${test}”`;
  });
  return `| ${id} | ${level} | ${cell(text)} | ${status} | ${cell([...links, ...(note ? [note] : [])].join('; '))} |`;
}

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(
    new URL('asvs.md', docs),
    asvsPage(JSON.parse(readFileSync(new URL('asvs.json', docs), 'utf8'))),
  );
}
