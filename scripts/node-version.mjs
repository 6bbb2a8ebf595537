// Imported first, and in words that an old Node can read: ends the process where package.json does
// not promise this version.
import { readFileSync } from 'fs';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const numbers = (text) => text.split('.').map(Number);

/** Whether a version is in one part of the range: `^20.19.0` or `>=24.11.0`. */
function isWithin(version, part) {
  const [major, minor, patch] = numbers(version);
  const [least, leastMinor, leastPatch] = numbers(part.replace(/^\D+/, ''));
  if (major !== least) return part[0] !== '^' && major > least;
  return minor > leastMinor || (minor === leastMinor && patch >= leastPatch);
}

const { node } = process.versions;
if (!engines.node.split('||').some((part) => isWithin(node, part.trim()))) {
  process.stderr.write(
    `Ringback cannot start:\n  It needs Node.js ${engines.node.replace(/ \|\| /g, ' or ')}; this is ${node}.\n`,
  );
  process.exit(1);
}
