import { z } from 'zod';
import { seconds } from '../common/clock.js';
import { boundedFetch } from '../common/net/bounded-fetch.js';

// `success` is a boolean and nothing that looks like one.
const answer = z.object({
  success: z.boolean(),
  hostname: z.string().nullish(),
  action: z.string().nullish(),
  'error-codes': z.array(z.string()).nullish(),
});

export type SiteVerifyAnswer = z.infer<typeof answer>;

/**
 * These speak of the token, and so of whoever brought it. Any other refusal speaks of the service
 * or of our account with it.
 */
const ABOUT_THE_TOKEN: ReadonlySet<string> = new Set([
  'missing-input-response',
  'invalid-input-response',
  'timeout-or-duplicate',
  'expired-input-response',
  'already-seen-response',
  'invalid-or-already-seen-response',
  'bad-request',
]);

/**
 * Whether it may be a token at all. With anything else one could upset the service, and so have the
 * proof of work stand in for it at will.
 */
export const isToken = (text: string, longest: number): boolean =>
  text.length <= longest && /^[\x21-\x7e]+$/.test(text);

/**
 * Asks a service for its word on a token, as Turnstile and hCaptcha both have it. Null when it said
 * nothing clear within `timeout` milliseconds, or when what it said is not about the token: nobody
 * can tell then who it was.
 */
export async function siteVerify(
  url: URL,
  form: Readonly<Record<string, string>>,
  timeout = seconds(5),
): Promise<SiteVerifyAnswer | null> {
  const exchange = await boundedFetch(
    url,
    { method: 'POST', body: new URLSearchParams(form) },
    { timeout },
  );
  if (exchange.outcome !== 'answered' || exchange.status >= 500 || exchange.body === null)
    return null;
  const parsed = answer.safeParse(jsonOf(exchange.body));
  if (!parsed.success) return null;
  const { success, 'error-codes': codes } = parsed.data;
  if (success) return exchange.status === 200 ? parsed.data : null;
  return codes?.some((code) => ABOUT_THE_TOKEN.has(code)) ? parsed.data : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
