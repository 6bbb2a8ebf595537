import aws4 from 'aws4';
import type { Channel } from '../../../common/channel.js';
import type { Answer } from '../gateway-answer.js';
import {
  GatewaySender,
  within,
  type GatewayContext,
  type GatewayRequest,
} from '../gateway-sender.js';
import type { Message, Receipt, ReceiptRequest } from '../sms-sender.js';
import { spoken } from '../speech.js';
import { readAwsAccount, readAwsReply } from './aws.reply.js';
import { AwsTopic } from './aws.topic.js';
import type { AwsSettings } from './aws.vendor.js';

/** Seconds the API takes as a message's life (`TimeToLive`): 5 to 72 hours. */
const LIFE = { least: 5, most: 259_200 };

/**
 * The voices of Amazon Polly for languages of ours that the API knows (SendVoiceMessage,
 * `VoiceId`). Hindi has none there.
 */
const VOICES = {
  ar: 'ZEINA',
  de: 'VICKI',
  en: 'JOANNA',
  es: 'LUPE',
  fr: 'LEA',
  pt: 'CAMILA',
  zh: 'ZHIYU',
};

/**
 * Texts and calls by AWS End User Messaging SMS (the API `pinpoint-sms-voice-v2`). Receipts come by
 * a topic of Amazon SNS, all to one address: in them `context.reference` names the message.
 */
export class AwsSender extends GatewaySender {
  readonly name = 'aws';
  readonly channels: readonly Channel[];
  private readonly url: string;
  private readonly topic: AwsTopic | undefined;

  constructor(
    private readonly settings: AwsSettings,
    context: GatewayContext,
  ) {
    super(context);
    const { AWS_REGION, AWS_CALL_FROM, AWS_SMS_TOPIC_ARN, AWS_SMS_URL } = settings;
    this.channels = AWS_CALL_FROM ? ['sms', 'call'] : ['sms'];
    this.topic = AWS_SMS_TOPIC_ARN ? new AwsTopic(AWS_SMS_TOPIC_ARN, context) : undefined;
    this.url = AWS_SMS_URL ?? `https://sms-voice.${AWS_REGION}.amazonaws.com/`;
  }

  override async accountReceipts(request: ReceiptRequest): Promise<Receipt[] | null | undefined> {
    return this.topic?.receipts(request);
  }

  protected requestFor(message: Message): GatewayRequest {
    return message.channel === 'call'
      ? this.request('SendVoiceMessage', this.callOf(message))
      : this.request('SendTextMessage', this.textOf(message));
  }

  protected meaningOf(answer: Answer) {
    return readAwsReply(answer);
  }

  /**
   * Reads the account's attributes, for which the key's policy has to allow
   * `sms-voice:DescribeAccountAttributes`.
   */
  protected question() {
    return {
      name: 'AWS End User Messaging',
      credentials: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      address: 'AWS_REGION',
      request: this.request('DescribeAccountAttributes', {}),
      judge: readAwsAccount,
    };
  }

  private textOf(message: Message): object {
    return {
      ...this.addressing(message),
      OriginationIdentity: this.settings.AWS_SMS_FROM,
      MessageBody: message.text,
      MessageType: 'TRANSACTIONAL',
    };
  }

  private callOf(message: Message): object {
    const { text, voice } = spoken(VOICES, message);
    return {
      ...this.addressing(message),
      OriginationIdentity: this.settings.AWS_CALL_FROM,
      MessageBody: text,
      VoiceId: voice,
      MessageBodyTextType: 'TEXT',
    };
  }

  private addressing({ to, ttl, reference }: Message): object {
    return {
      DestinationPhoneNumber: to,
      TimeToLive: within(LIFE.least, Math.ceil(ttl), LIFE.most),
      ConfigurationSetName: this.settings.AWS_SMS_CONFIGURATION_SET,
      Context: { reference },
    };
  }

  private request(action: string, content: object): GatewayRequest {
    const { url } = this;
    const body = JSON.stringify(content);
    const now = this.context.clock.now();
    const headers = signedHeaders({ url: new URL(url), action, body, now }, this.settings);
    return { url, method: 'POST', headers, body };
  }
}

export interface AwsCall {
  url: URL;
  /** e.g. `SendTextMessage`. */
  action: string;
  body: string;
  now: Date;
}

/**
 * The headers of a signed request (AWS Signature Version 4) to AWS End User Messaging SMS, AWS JSON
 * 1.0.
 */
export function signedHeaders(
  { url, action, body, now }: AwsCall,
  settings: Pick<
    AwsSettings,
    'AWS_REGION' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY' | 'AWS_SESSION_TOKEN'
  >,
): Record<string, string> {
  const request = aws4.sign(
    {
      method: 'POST',
      host: url.host,
      path: url.pathname,
      service: 'sms-voice',
      region: settings.AWS_REGION,
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `PinpointSMSVoiceV2.${action}`,
        'X-Amz-Date': now.toISOString().replace(/[-:]|\.[0-9]{3}/g, ''),
      },
      body,
    },
    {
      accessKeyId: settings.AWS_ACCESS_KEY_ID,
      secretAccessKey: settings.AWS_SECRET_ACCESS_KEY,
      sessionToken: settings.AWS_SESSION_TOKEN,
    },
  );
  return Object.fromEntries(
    Object.entries(request.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
}
