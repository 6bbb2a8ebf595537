import { hours } from '../src/common/clock.js';
import { cookieOf, visit } from './calls.js';
import type { Answer } from './exchange.js';
import type { Target } from './target.js';

/** What kept a registration's message back. */
export type Stop =
  | 'request limit'
  | 'hour of the network'
  | 'day of the network'
  | 'block of numbers'
  | 'other limit';

/**
 * Which limit it was, as the target's own page tells it to whoever registered. The hour and the day
 * of a network say the same there: the time until the next try tells them apart, counted from `now`
 * of the target's clock.
 */
export async function stoppedBy(target: Target, refused: Answer, now: Date): Promise<Stop> {
  const { token, confirmation } = refused.json;
  if (typeof token !== 'string') return refused.isLimited ? 'request limit' : 'other limit';
  const { text } = await visit(target, '/verify/', cookieOf(token));
  if (text.includes('to numbers like this one')) return 'block of numbers';
  if (!text.includes('from your network')) return 'other limit';
  const { resend_at: until } = (confirmation ?? {}) as { resend_at?: string };
  return Date.parse(until ?? '') - now.getTime() <= hours(1)
    ? 'hour of the network'
    : 'day of the network';
}

/** The target's clock at an answer: when its message went out, else what its Date header says. */
export function clockAt(answer: Answer): Date {
  const { sent_at: sentAt } = (answer.json['confirmation'] ?? {}) as { sent_at?: string | null };
  return new Date(sentAt ?? answer.headers.date ?? '');
}
