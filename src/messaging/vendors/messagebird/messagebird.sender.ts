import { z } from 'zod';
import {
  meaningOfAll,
  meaningOfHttp,
  readJson,
  refused,
  sent,
  unavailable,
  unknown,
  type Answer,
  type Meaning,
} from '../gateway-answer.js';
import { bad, good } from '../gateway-probe.js';
import {
  digitsOf,
  GatewaySender,
  withoutSlash,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Probe, Receipt, ReceiptRequest } from '../sms-sender.js';
import { spoken } from '../speech.js';
import { readMessageBirdReceipt } from './messagebird.receipt.js';
import type { MessageBirdSettings } from './messagebird.vendor.js';

const say = (code: number, sentence: string): Meaning =>
  unavailable(`The SMS gateway MessageBird ${sentence} (${code}).`);

/** For an HTTP status that says the same without a word: 401, 403. */
const badKey = say(401, 'does not accept our key: check MESSAGEBIRD_ACCESS_KEY');

/**
 * The same words with a note about a test period say that the account may write to its owner only.
 */
const NO_RECIPIENT = 'no (correct) recipients found';

/**
 * The meaning of an error (MessageBird, "API Errors"); undefined for one that is not documented.
 */
function meaningOfError({ code, description, parameter }: MessageBirdError): Meaning | undefined {
  const isRecipient = /^recipients?$/.test(parameter);
  switch (code) {
    case 2:
      return say(2, 'does not accept our key: check MESSAGEBIRD_ACCESS_KEY');
    case 9:
      return isRecipient && description === NO_RECIPIENT
        ? refused('invalid_number')
        : say(9, 'misses something in our requests, or sends to the owner of a test account only');
    case 10:
      return isRecipient
        ? refused('invalid_number')
        : say(10, 'finds something in our requests invalid: check MESSAGEBIRD_FROM');
    case 20:
    case 98:
      return say(code, 'does not know the address of our requests: check MESSAGEBIRD_URL');
    case 21:
    case 99:
      return unavailable();
    case 25:
      return say(25, 'has no credit of ours left: nothing is sent');
    default:
      return undefined;
  }
}

/** What a recipient's status may be when the text or call was just accepted. */
const ACCEPTED = ['scheduled', 'sent', 'buffered', 'delivered', 'calling', 'answered'] as const;

const Recipient = z.object({
  status: z.enum(ACCEPTED),
  messagePartCount: z.int().positive().optional().catch(undefined),
});
const Created = z.object({
  id: z.string().min(1).max(64),
  recipients: z.object({ items: z.tuple([Recipient]) }),
});
const text = z.string().catch('');
const Fault = z.object({ code: z.int(), description: text, parameter: text });
const Refusal = z.object({ errors: z.array(Fault).min(1) });
const Balance = z.object({ payment: z.string(), amount: z.number() });

type MessageBirdError = z.infer<typeof Fault>;

/**
 * These say enough by themselves: the list that comes with a wrong key finds fault with the number
 * as well.
 */
const CLEAR = [401, 403, 429];

/** The voices for languages of ours (MessageBird, "Voice Messaging API", `language`). */
const VOICES = { de: 'de-de', en: 'en-us', es: 'es-es', fr: 'fr-fr', pt: 'pt-br', zh: 'zh-cn' };

/** Texts and calls by the SMS API and the Voice Messaging API of MessageBird, now Bird. */
export class MessageBirdSender extends GatewaySender {
  readonly name = 'messagebird';
  readonly channels = ['sms', 'call'] as const;

  constructor(
    private readonly settings: MessageBirdSettings,
    context: GatewayContext,
  ) {
    super(context);
  }

  override async receipts(request: ReceiptRequest): Promise<Receipt[] | null> {
    const key = this.settings.MESSAGEBIRD_SIGNING_KEY;
    return key ? readMessageBirdReceipt(request, key) : null;
  }

  protected requestFor(message: Message): GatewayRequest {
    const { to, reference, callbackUrl } = message;
    const isCall = message.channel === 'call';
    const body = JSON.stringify({
      recipients: [digitsOf(to)],
      reference,
      reportUrl: this.settings.MESSAGEBIRD_SIGNING_KEY ? callbackUrl : undefined,
      ...(isCall ? this.callOf(message) : this.textOf(message)),
    });
    return this.request(isCall ? '/voicemessages' : '/messages', { method: 'POST', body });
  }

  /** 201 with the object made, else a list of errors; one that we do not know has its status. */
  protected meaningOf({ status, body }: Answer): Meaning {
    const json = readJson(body);
    if (status === 201) return meaningOfCreated(json);
    const isAboutTheRequest = status >= 400 && status < 500 && !CLEAR.includes(status);
    const errors = isAboutTheRequest ? (Refusal.safeParse(json).data?.errors ?? []) : [];
    const ofStatus = meaningOfHttp(status, badKey);
    const [first, ...more] = errors.map((error) => meaningOfError(error) ?? ofStatus);
    return first ? meaningOfAll([first, ...more]) : ofStatus;
  }

  /** Reads the account's balance. */
  protected question() {
    return {
      name: 'MessageBird',
      credentials: 'MESSAGEBIRD_ACCESS_KEY',
      address: 'MESSAGEBIRD_URL',
      request: this.request('/balance', {}),
      judge: judgeBalance,
    };
  }

  private textOf({ text, ttl }: Message): object {
    const originator = this.settings.MESSAGEBIRD_FROM;
    return { originator, body: text, datacoding: 'auto', validity: Math.ceil(ttl) };
  }

  /**
   * A code left on a voice mailbox is a code for whoever listens to it, so the call ends where a
   * machine answers.
   */
  private callOf(message: Message): object {
    const from = this.settings.MESSAGEBIRD_FROM;
    const originator = /^\+?[0-9]{7,15}$/.test(from) ? digitsOf(from) : undefined;
    const { text: body, voice: language } = spoken(VOICES, message);
    return { originator, body, language, repeat: 1, ifMachine: 'hangup' };
  }

  private request(path: string, request: Omit<GatewayRequest, 'url'>): GatewayRequest {
    const headers = {
      Authorization: `AccessKey ${this.settings.MESSAGEBIRD_ACCESS_KEY}`,
      Accept: 'application/json',
      'Content-Type': 'application/json',
    };
    return { url: withoutSlash(this.settings.MESSAGEBIRD_URL) + path, headers, ...request };
  }
}

function meaningOfCreated(json: unknown): Meaning {
  const { data } = Created.safeParse(json);
  return data ? sent(data.id, data.recipients.items[0].messagePartCount) : unknown;
}

function judgeBalance({ status, body }: Answer): Probe | undefined {
  const { data } = Balance.safeParse(readJson(body));
  if (status !== 200 || !data) return undefined;
  return data.payment === 'prepaid' && data.amount <= 0
    ? bad('MessageBird accepts our credentials, but the account has no credit left.')
    : good('MessageBird accepts our credentials.');
}
