import { FakeTwilioMessages } from '../support/fake-twilio-messages.js';
import { FakeVonage } from '../support/fake-vonage.js';
import { Installation, SECRET_KEY, type Ran } from './installation.js';

export const NUMBER = '+14155550123';
export const LANDLINE = '+14155550114';
export const HINT = 'message to +1 ••••• •0123';

const ACCOUNT_SID = `AC${'0'.repeat(31)}1`;
const AUTH_TOKEN = 'token-that-stays-secret';
const VONAGE = { key: 'abcd1234', secret: 'secret-of-vonage' };
const now = () => new Date();

/**
 * An installation whose texts go by two local gateways; nothing that it writes may hold a secret.
 */
export class Surgery {
  private constructor(
    readonly installation: Installation,
    readonly twilio: FakeTwilioMessages,
    readonly vonage: FakeVonage,
  ) {}

  /** `slow` is what the first gateway's clock is behind ours, in milliseconds. */
  static async open({ slow = 0 } = {}): Promise<Surgery> {
    const twilio = new FakeTwilioMessages({
      accountSid: ACCOUNT_SID,
      authToken: AUTH_TOKEN,
      now: () => new Date(now().getTime() - slow),
      refusals: { [LANDLINE]: 21614 },
    });
    return new Surgery(
      new Installation(),
      await twilio.start(),
      await new FakeVonage({ ...VONAGE, now }).start(),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.twilio.close(), this.vonage.close()]);
    this.installation.remove();
  }

  /**
   * Runs `doctor` with these flags; Twilio alone carries texts unless the environment says
   * otherwise.
   */
  async doctor(flags = '', environment: Record<string, string> = {}): Promise<Ran> {
    const ran = await this.installation.run(`doctor ${flags}`.trim(), {
      ...this.environment,
      ...environment,
    });
    const told = ran.output + ran.error;
    const codes = [...this.twilio.messages, ...this.vonage.messages].map(({ text }) =>
      text.slice(0, 6),
    );
    const wrong = Object.values(environment).filter((value) => value.startsWith('bad-'));
    const secrets = [
      AUTH_TOKEN,
      VONAGE.secret,
      SECRET_KEY,
      NUMBER.slice(1),
      LANDLINE.slice(1),
      ...codes,
      ...wrong,
    ];
    for (const secret of secrets) expect(told).not.toContain(secret);
    return ran;
  }

  migrate(): Promise<Ran> {
    return this.installation.run('migrate');
  }

  readonly vonageAccount = () => ({
    VONAGE_API_KEY: VONAGE.key,
    VONAGE_API_SECRET: VONAGE.secret,
    VONAGE_FROM: 'Ringback',
    VONAGE_URL: this.vonage.url,
  });

  private get environment(): Record<string, string> {
    return {
      PUBLIC_URL: 'https://accounts.example',
      VERIFICATION_PROVIDER: 'self:twilio',
      MIGRATE_AT_START: 'off',
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_FROM: '+14155550199',
      TWILIO_URL: this.twilio.url,
    };
  }
}
