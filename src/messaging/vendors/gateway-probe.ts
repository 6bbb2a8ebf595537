import { minutes } from '../../common/clock.js';
import type { Exchange } from '../../common/net/bounded-fetch.js';
import type { Answer } from './gateway-answer.js';
import type { Probe } from './sms-sender.js';

/** A gateway as the sentences name it. */
export interface Question {
  /** e.g. `Vonage`. */
  name: string;
  /** The settings that hold its credentials, e.g. `VONAGE_API_KEY and VONAGE_API_SECRET`. */
  credentials: string;
  /** The setting that holds its address. */
  address: string;
  /**
   * What its answer says of our account; undefined when it is none of the words that this gateway
   * has for it.
   */
  judge(answer: Answer): Probe | undefined;
}

/**
 * Signed requests and receipts are refused from then on: Vonage's own client and AWS take 5 minutes
 * as the limit.
 */
const MOST_CLOCK_DIFFERENCE = minutes(5);

export const good = (sentence: string): Probe => ({ isGood: true, sentence });
export const bad = (sentence: string): Probe => ({ isGood: false, sentence });

/**
 * What an exchange that sent nothing to anybody tells of a gateway. The clock comes first: it makes
 * good keys look bad.
 */
export function probeOf(exchange: Exchange, { now, ...gateway }: Question & { now: Date }): Probe {
  const { name, address } = gateway;
  if (exchange.outcome === 'not_sent')
    return bad(`${name} cannot be reached: check the network and ${address}.`);
  if (exchange.outcome === 'lost') return bad(`${name} was reached, but gave no answer.`);

  const difference = clockDifference(exchange.headers, now);
  if (difference > MOST_CLOCK_DIFFERENCE) {
    return bad(
      `Our clock and that of ${name} differ by ${Math.round(difference / minutes(1))} minutes: set ours right.`,
    );
  }
  return gateway.judge(exchange) ?? judgeByStatus(exchange.status, gateway);
}

function judgeByStatus(status: number, { name, credentials, address }: Question): Probe {
  if (status === 401 || status === 403)
    return bad(`${name} does not accept our credentials: check ${credentials}.`);
  return bad(
    `${name} gave an answer that we do not understand (HTTP ${status}): check ${address}.`,
  );
}

/** In milliseconds; 0 when the answer has no date. */
function clockDifference(headers: Headers, now: Date): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? 0 : Math.abs(date - now.getTime());
}
