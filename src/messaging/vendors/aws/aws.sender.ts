import type { Clock } from '../../../common/clock.js';
import type { Channel } from '../../../phone-verification/challenge.entity.js';
import { boundedFetch, type Exchange } from '../bounded-fetch.js';
import { readAwsAccount } from './aws.probe.js';
import { readAwsReply } from './aws.reply.js';
import { signedHeaders, type AwsCredentials } from './aws.signature.js';
import { AwsTopic } from './aws.topic.js';
import { spokenByAws } from './aws.voice.js';
import { probeOf } from '../gateway-probe.js';
import {
  SmsSender,
  type Message,
  type Probe,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../sms-sender.js';

export interface AwsOptions extends AwsCredentials {
  /** e.g. `eu-central-1`. */
  region: string;
  /** Origination identity of the texts: phone number, sender id, pool, or the ARN of one. */
  from: string;
  /**
   * Origination identity of calls: a phone number or pool that can speak. Without it there are
   * none.
   */
  callFrom?: string;
  configurationSet?: string;
  /**
   * The topic of Amazon SNS to which the configuration set publishes its events; without it there
   * are no receipts.
   */
  topicArn?: string;
  /** Where the API lives; the region's own address unless told. */
  url?: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
}

/** Seconds the API takes as a message's life (`TimeToLive`): 5 to 72 hours. */
const LIFE = { least: 5, most: 259_200 };

/**
 * Texts and calls by AWS End User Messaging SMS (the API `pinpoint-sms-voice-v2`). Receipts come by
 * a topic of Amazon SNS, all to one address: in them `context.reference` names the message.
 */
export class AwsSender extends SmsSender {
  readonly name = 'aws';
  readonly channels: readonly Channel[];
  private readonly url: URL;
  private readonly topic: AwsTopic | undefined;

  constructor(private readonly options: AwsOptions) {
    super();
    this.channels = options.callFrom ? ['sms', 'call'] : ['sms'];
    this.topic = options.topicArn ? new AwsTopic({ ...options, arn: options.topicArn }) : undefined;
    this.url = new URL(options.url ?? `https://sms-voice.${options.region}.amazonaws.com/`);
  }

  /** Hands a text or a call over, once: a second request costs a second message. */
  async send(message: Message): Promise<SendResult> {
    if (!this.channels.includes(message.channel)) return { outcome: 'unavailable' };

    const exchange = await (message.channel === 'call' ? this.call(message) : this.text(message));
    if (exchange.outcome === 'not_sent') return { outcome: 'unavailable' };
    if (exchange.outcome === 'lost') return { outcome: 'unknown' };

    const { result, alarm } = readAwsReply(exchange);
    if (alarm !== undefined) this.options.log?.(alarm);
    return result;
  }

  override async accountReceipts(request: ReceiptRequest): Promise<Receipt[] | null | undefined> {
    return this.topic?.receipts(request);
  }

  /**
   * Reads the account's attributes, for which the key's policy has to allow
   * `sms-voice:DescribeAccountAttributes`.
   */
  override async probe(): Promise<Probe> {
    return probeOf(await this.request('DescribeAccountAttributes', {}), {
      name: 'AWS End User Messaging',
      credentials: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      address: 'AWS_REGION',
      now: this.options.clock.now(),
      judge: readAwsAccount,
    });
  }

  private text(message: Message): Promise<Exchange> {
    return this.request('SendTextMessage', {
      ...this.addressing(message),
      OriginationIdentity: this.options.from,
      MessageBody: message.text,
      MessageType: 'TRANSACTIONAL',
    });
  }

  private call(message: Message): Promise<Exchange> {
    return this.request('SendVoiceMessage', {
      ...this.addressing(message),
      OriginationIdentity: this.options.callFrom,
      ...spokenByAws(message),
      MessageBodyTextType: 'TEXT',
    });
  }

  private addressing({ to, ttl, reference }: Message): object {
    return {
      DestinationPhoneNumber: to,
      TimeToLive: Math.min(LIFE.most, Math.max(LIFE.least, Math.ceil(ttl))),
      ConfigurationSetName: this.options.configurationSet,
      Context: { reference },
    };
  }

  private request(action: string, content: object): Promise<Exchange> {
    const { url, options } = this;
    const { region, clock, timeout = 5000 } = options;
    const body = JSON.stringify(content);
    const signed = signedHeaders({ url, region, action, body, now: clock.now() }, options);
    // A kept connection may be closed by the other side just when a text is written to it: then
    // nobody knows what was sent.
    return boundedFetch(
      url,
      { method: 'POST', headers: { ...signed, Connection: 'close' }, body },
      { timeout },
    );
  }
}
