import type { Channel } from '../../src/phone-verification/challenge.entity.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import {
  SmsSender,
  type Message,
  type SendResult,
} from '../../src/messaging/vendors/sms-sender.js';
import type { Sending } from '../../src/phone-verification/providers/verification-provider.js';
import { RIGHT_CODE, ScriptedProvider } from './scripted-provider.js';
import { KEYS, PUBLIC_URL } from './start-app.js';

export const LINEUP = ['self:first', 'self:second', 'keeper'] as const;
export type Name = (typeof LINEUP)[number];

/** A provider was asked for a message. */
export interface Asked {
  by: Name;
  outcome: SendResult['outcome'];
  /** E.164. */
  to: string;
  channel: Channel;
  /** What the person would read or hear. */
  code: string;
}

/** A message as a provider gets it, and our name for it. */
type Handed = Pick<Asked, 'to' | 'channel' | 'code'> & { reference: string };

type Ask = (by: Name, message: Handed) => Promise<SendResult>;

/**
 * Three providers in a row, and whom the route names. `self:first` texts and calls, `self:second`
 * only texts; both carry codes made here. `keeper` makes codes itself and keeps them by number.
 * Each one answers as told; until then it takes each message.
 */
export class Lineup {
  readonly asked: Asked[] = [];
  readonly keeper = new Keeper((by, message) => this.ask(by, message));
  readonly providers = [
    this.carrier('first', ['sms', 'call']),
    this.carrier('second', ['sms']),
    this.keeper,
  ];
  /** In the order they are asked; by country where the test says so. */
  route: (country: string | null) => readonly Name[] = () => LINEUP;
  /** What happens while a provider has not answered yet. */
  meanwhile: (by: Name, reference: string) => Promise<void> = () => Promise.resolve();
  private readonly answers = new Map<Name, SendResult>();

  /** What an application under test is started with. */
  readonly options = {
    providers: this.providers,
    route: (country: string | null) => this.route(country),
  };

  /** From now on. */
  answer(answer: SendResult, ...by: readonly Name[]): void {
    for (const name of by) this.answers.set(name, answer);
  }

  recover(): void {
    this.asked.length = 0;
    this.answers.clear();
    this.keeper.checked.length = 0;
    this.route = () => LINEUP;
    this.meanwhile = () => Promise.resolve();
  }

  /** Who was asked since then, in order. */
  names(since = 0): Name[] {
    return this.asked.slice(since).map(({ by }) => by);
  }

  private carrier(name: 'first' | 'second', channels: readonly Channel[]): SelfProvider {
    const sender = new ScriptedSender(name, channels, (by, message) => this.ask(by, message));
    return new SelfProvider({ keys: KEYS, publicUrl: PUBLIC_URL, sender });
  }

  private async ask(by: Name, { to, channel, code, reference }: Handed): Promise<SendResult> {
    const answer: SendResult = this.answers.get(by) ?? { outcome: 'sent' };
    this.asked.push({ by, to, channel, code, outcome: answer.outcome });
    await this.meanwhile(by, reference);
    return answer;
  }
}

class ScriptedSender extends SmsSender {
  /** Codes only: what is told behind a request would stand among what was asked. */
  override readonly carriesText = false;

  constructor(
    readonly name: 'first' | 'second',
    readonly channels: readonly Channel[],
    private readonly ask: Ask,
  ) {
    super();
  }

  send(message: Message): Promise<SendResult> {
    return this.ask(`self:${this.name}`, message);
  }
}

/** Its code is RIGHT_CODE for everybody. */
class Keeper extends ScriptedProvider {
  override readonly name = 'keeper';

  constructor(private readonly ask: Ask) {
    super('number');
  }

  override start({ phoneNumber, channel, messageReference }: Sending): Promise<SendResult> {
    return this.ask(this.name, {
      to: phoneNumber,
      channel,
      code: RIGHT_CODE,
      reference: messageReference,
    });
  }
}
