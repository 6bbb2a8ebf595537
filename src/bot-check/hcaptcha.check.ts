import { hashToken } from '../common/token.js';
import type { BotCheckAccount } from '../config/bot-check-settings.js';
import type { BotCheck, BotTask, Verdict } from './bot-check.js';
import { isToken, siteVerify } from './site-verify.js';

const SCRIPT = 'https://js.hcaptcha.com/1/api.js?recaptchacompat=off';
const ORIGINS = ['https://hcaptcha.com', 'https://*.hcaptcha.com'];
/**
 * Characters of a token at most: theirs have no limit by their own word, and are some 2,000 to
 * 4,000 long.
 */
const LONGEST_TOKEN = 16_384;

/** hCaptcha: https://docs.hcaptcha.com/#verify-the-user-response-server-side */
export class HCaptcha implements BotCheck {
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
    const widget = { siteKey: this.account.siteKey, script: SCRIPT, origins: ORIGINS };
    return Promise.resolve({ name: 'hcaptcha', widget });
  }

  async verify(token: string): Promise<Verdict> {
    if (!isToken(token, LONGEST_TOKEN)) return { outcome: 'refused' };
    const { siteKey, secret, url } = this.account;
    const form = { secret, response: token, sitekey: siteKey };
    const answer = await siteVerify(new URL('/siteverify', url), form, this.timeout);
    if (answer === null) return { outcome: 'unavailable' };
    const isOurs = answer.hostname === this.hostname;
    return answer.success && isOurs
      ? { outcome: 'passed', once: hashToken(token) }
      : { outcome: 'refused' };
  }
}
