import { KeyRing } from '../../src/config/keys/key-ring.js';
import type { SendResult } from '../../src/messaging/vendors/sms-sender.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import {
  VerificationProvider,
  type CheckResult,
  type ProviderChallenge,
  type Sending,
} from '../../src/phone-verification/providers/verification-provider.js';
import { startApp, type AppOptions, type TestApp } from './start-app.js';

type Hook = () => Promise<unknown>;
const nothing: Hook = () => Promise.resolve();

/**
 * The product's own provider, with a witness: what was sent, what was compared, and what happens
 * just before.
 */
export class WatchedProvider extends VerificationProvider {
  readonly name = 'self';
  readonly channels = ['sms', 'call'] as const;
  readonly codeBelongsTo = 'challenge';
  readonly started: Sending[] = [];
  readonly compared: string[] = [];
  /** Run before the real thing; one that throws stands for a bug inside a provider. */
  beforeStart = nothing;
  beforeCheck = nothing;
  real: VerificationProvider | undefined;

  async start(challenge: Sending): Promise<SendResult> {
    this.started.push({ ...challenge });
    await this.beforeStart();
    return this.inner.start(challenge);
  }

  async check(challenge: ProviderChallenge, code: string): Promise<CheckResult> {
    this.compared.push(code);
    await this.beforeCheck();
    return this.inner.check(challenge, code);
  }

  override isCodeOf(challenge: ProviderChallenge, code: string): boolean {
    return this.inner.isCodeOf?.(challenge, code) ?? false;
  }

  forget(): void {
    this.started.length = 0;
    this.compared.length = 0;
    this.beforeStart = this.beforeCheck = nothing;
  }

  private get inner(): VerificationProvider {
    if (!this.real) throw new Error('Nothing to watch yet.');
    return this.real;
  }
}

export type WatchedApp = TestApp & { provider: WatchedProvider };

/** The real application whose provider is watched. */
export async function startWatched(
  options: Omit<AppOptions, 'provider'> = {},
): Promise<WatchedApp> {
  const provider = new WatchedProvider();
  const app = await startApp({ ...options, provider });
  provider.real = new SelfProvider({
    keys: app.app.get(KeyRing),
    sender: app.app.get(InboxSender, { strict: false }),
    publicUrl: 'https://localhost',
  });
  return { ...app, provider };
}
