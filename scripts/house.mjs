// Writes docs/house.md: the rooms of src and which of them import which, as the imports are.
// `node scripts/house.mjs --check` ends with 1 where the page is not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const PAGE = 'docs/house.md';
/** Everybody's ground: arrows to it would hide the others. */
const GROUND = ['common', 'config'];

const files = readdirSync('src', { recursive: true })
  .map((file) => path.posix.join('src', file.split(path.sep).join('/')))
  .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.tsx?$/.test(file))
  .sort();

/** The folder below `src`; the guards and cookies of auth are a room of their own. */
function roomOf(file) {
  if (file.startsWith('src/auth/http/')) return 'auth/http';
  return /^src\/([^/]+)\//.exec(file)?.[1] ?? null;
}

/** How many files of a room import something of another one. */
function arrows() {
  const counted = {};
  for (const file of files) {
    const from = roomOf(file);
    const imported = ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles;
    const targets = imported
      .filter(({ fileName }) => fileName.startsWith('.'))
      .map(({ fileName }) => roomOf(path.posix.join(path.posix.dirname(file), fileName)));
    for (const to of new Set(targets))
      if (from !== null && to !== null && to !== from)
        counted[`${from} ${to}`] = (counted[`${from} ${to}`] ?? 0) + 1;
  }
  return Object.entries(counted).sort(([one], [other]) => (one < other ? -1 : 1));
}

function page() {
  const rooms = grouped();
  const nodes = Object.keys(rooms)
    .filter((room) => room !== 'null' && !GROUND.includes(room))
    .sort();
  const id = (room) => room.replace(/\W/g, '_');
  const drawn = arrows().filter(([arrow]) => !GROUND.includes(arrow.split(' ')[1]));
  return `# The house

Drawn from the imports of \`src\` by \`npm run house\`; a test holds it current. A room's number is that of its files, an
arrow's how many of them import something of the room it leads to. \`${GROUND.join('` and `')}\`, on which all of them stand, are left
out. Who may import whom is in [.dependency-cruiser.cjs](../.dependency-cruiser.cjs).

\`\`\`mermaid
flowchart TD
${nodes.map((room) => `  ${id(room)}["${room} · ${rooms[room].length}"]`).join('\n')}
${drawn
  .map(([arrow, count]) => {
    const [from, to] = arrow.split(' ');
    return `  ${id(from)} -->|${count}| ${id(to)}`;
  })
  .join('\n')}
\`\`\`
`;
}

function grouped() {
  const rooms = {};
  for (const file of files) (rooms[roomOf(file)] ??= []).push(file);
  return rooms;
}

if (process.argv.includes('--check')) {
  if (readFileSync(PAGE, 'utf8') !== page()) {
    process.stderr.write(`${PAGE} is not current: npm run house\n`);
    process.exitCode = 1;
  }
} else writeFileSync(PAGE, page());
