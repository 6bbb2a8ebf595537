import { hashToken } from '../common/token.js';
import type { BotCheckAccount } from '../config/bot-check-settings.js';
import type { BotCheck, BotTask, Verdict } from './bot-check.js';
import { isToken, siteVerify } from './site-verify.js';

/**
 * Names the form to Cloudflare, so that a token of another form of the same site does not count
 * here.
 */
export const TURNSTILE_ACTION = 'register';
/** Characters of a token at most, by Cloudflare's own word. */
const LONGEST_TOKEN = 2048;

/**
 * Cloudflare Turnstile:
 * https://developers.cloudflare.com/turnstile/get-started/server-side-validation/
 */
export class Turnstile implements BotCheck {
  /**
   * `hostname` is the one of our pages: tokens made on other sites with our site key do not count.
   * `timeout` in milliseconds.
   */
  constructor(
    private readonly account: BotCheckAccount,
    private readonly hostname: string,
    private readonly timeout?: number,
  ) {}

  newTask(): Promise<BotTask> {
    const { siteKey, url } = this.account;
    const { origin } = new URL(url);
    return Promise.resolve({
      name: 'turnstile',
      widget: { siteKey, script: `${origin}/turnstile/v0/api.js`, origins: [origin] },
    });
  }

  async verify(token: string): Promise<Verdict> {
    if (!isToken(token, LONGEST_TOKEN)) return { outcome: 'refused' };
    const { secret, url } = this.account;
    const answer = await siteVerify(
      new URL('/turnstile/v0/siteverify', url),
      { secret, response: token },
      this.timeout,
    );
    if (answer === null) return { outcome: 'unavailable' };
    const isOurs = answer.hostname === this.hostname && answer.action === TURNSTILE_ACTION;
    return answer.success && isOurs
      ? { outcome: 'passed', once: hashToken(token) }
      : { outcome: 'refused' };
  }
}
