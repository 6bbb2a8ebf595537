import type { Meddling, Passing, Reply } from '../../support/meddler.js';

/** One guard taken away: the attack that must find it, what it must say, and how it is done. */
export interface Break {
  attack: string;
  what: string;
  told: RegExp;
  /** Anew for each run: some remember what they saw. */
  make: () => Meddling;
}

export const CONFIRM = 'POST /api/v1/session/confirmation';
export const LOG_IN = 'POST /api/v1/session';
export const WRONG_CODE = { code: 'wrong_code', attempts_left: 4 };

export const isCall = ({ method, path }: Passing, wanted: string): boolean =>
  `${method} ${path.split('?')[0] ?? ''}` === wanted;
export const tokenIn = ({ headers }: Passing): string =>
  (headers.authorization ?? '').replace('Bearer ', '');
export const json = (text: string): Record<string, unknown> =>
  JSON.parse(text) as Record<string, unknown>;

export const become = (reply: Reply, status: number, body: object): Reply =>
  Object.assign(reply, { status, body: JSON.stringify(body) });

/** Meddles with the answers to one call. */
export const answersTo = (
  wanted: string,
  change: (reply: Reply, request: Passing) => unknown,
): Meddling => ({
  after: (reply, request) => isCall(request, wanted) && change(reply, request),
});

/** Answers in the target's place. */
export const swallowed = (wanted: string, status: number): Meddling => ({
  before: (request) => (isCall(request, wanted) ? { status, headers: {}, body: '' } : undefined),
});

/** Changes requests on their way. */
export const changed = (change: (request: Passing) => unknown): Meddling => ({
  before: (request) => {
    change(request);
    return undefined;
  },
});
