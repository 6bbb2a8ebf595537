/** 32 random hexadecimal digits have fewer different ones in one key of 20 million. */
const LEAST_CHARACTERS = 8;
/**
 * Of 32 random hexadecimal digits so many stand beside a neighbour once in ten billion keys; half
 * of them, once in 70,000.
 */
const NEIGHBOURS = 0.7;

/**
 * Whether a key of enough characters was typed rather than made: few different ones, a piece said
 * over and over, or rows of neighbours such as `abcdef` and `111222`.
 */
export function isGuessable(key: string): boolean {
  return new Set(key).size < LEAST_CHARACTERS || isRepetition(key) || isRowOfNeighbours(key);
}

function isRepetition(key: string): boolean {
  for (let piece = 1; piece <= key.length / 2; piece += 1)
    if (key.startsWith(key.slice(piece))) return true;
  return false;
}

function isRowOfNeighbours(key: string): boolean {
  let steps = 0;
  for (let at = 1; at < key.length; at += 1)
    if (Math.abs(key.charCodeAt(at) - key.charCodeAt(at - 1)) <= 1) steps += 1;
  return steps > key.length * NEIGHBOURS;
}
