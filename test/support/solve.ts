import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** Solves a puzzle by ALTCHA's own solver, and puts the answer as its widget does. */
export async function solve(puzzle: unknown): Promise<string> {
  const challenge = puzzle as Challenge;
  return answer(challenge, await solveChallenge({ challenge, deriveKey }));
}

export const answer = (challenge: unknown, solution: unknown): string =>
  Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');

/** The answer to a puzzle that the API hands out. */
export async function solvedAt(url: string): Promise<string> {
  const { puzzle } = (await (await fetch(`${url}/api/v1/registration/bot-check`)).json()) as {
    puzzle: unknown;
  };
  return solve(puzzle);
}
