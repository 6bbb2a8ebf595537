import { AppError } from '../../../common/errors/app-error.js';
import type { Clock } from '../../../common/clock.js';
import { boundedFetch } from '../bounded-fetch.js';
import { awsReceipt } from './aws.receipt.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';
import { SnsCertificates } from './sns.certificates.js';
import { isSignedBySns, readSnsMessage, type SnsMessage } from './sns.message.js';

export interface AwsTopicOptions {
  /** The one topic that is believed, `arn:aws:sns:REGION:ACCOUNT:NAME`. */
  arn: string;
  clock: Clock;
  /** Milliseconds for one exchange in all; 5000 unless told. */
  timeout?: number;
  /** Takes a sentence for the operator. */
  log?: (sentence: string) => void;
  /** How SNS is asked; over the network unless told. */
  fetch?: typeof boundedFetch;
}

/**
 * Receipts of AWS, which a configuration set publishes to a topic of Amazon SNS, and the topic
 * posts to us.
 */
export class AwsTopic {
  private readonly host: string;
  private readonly fetch: typeof boundedFetch;
  private readonly timeout: number;
  private readonly certificates: SnsCertificates;

  constructor(private readonly options: AwsTopicOptions) {
    const { arn, clock, timeout = 5000, fetch = boundedFetch } = options;
    const [, partition = '', , region = ''] = arn.split(':');
    this.host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
    this.fetch = fetch;
    this.timeout = timeout;
    this.certificates = new SnsCertificates({ host: this.host, clock, timeout, fetch });
  }

  /**
   * The receipts in what the topic posts, none in its other messages; null when SNS did not sign it
   * for this topic. Throws `provider_unavailable` when SNS cannot be asked: it will repeat the
   * message.
   */
  async receipts({ method, body }: ReceiptRequest): Promise<Receipt[] | null> {
    const message = readSnsMessage(body);
    if (method !== 'POST' || message?.TopicArn !== this.options.arn) return null;
    const key = await this.certificates.keyAt(message.SigningCertURL);
    if (!key || !isSignedBySns(message, key)) return null;
    return this.act(message);
  }

  private async act({ Type, Message, Token = '' }: SnsMessage): Promise<Receipt[]> {
    if (Type === 'Notification') return awsReceipt(Message);
    if (Type === 'SubscriptionConfirmation') await this.confirm(Token);
    else
      this.options.log?.(
        'Amazon SNS sends us no more receipts, for the subscription of the topic has ended.',
      );
    return [];
  }

  // By an address of our own making, never by the one in the message.
  private async confirm(token: string): Promise<void> {
    const query = new URLSearchParams({
      Action: 'ConfirmSubscription',
      Version: '2010-03-31',
      TopicArn: this.options.arn,
      Token: token,
    });
    const exchange = await this.fetch(
      new URL(`https://${this.host}/?${query}`),
      {},
      { timeout: this.timeout },
    );
    if (exchange.outcome === 'answered' && exchange.status === 200) return;
    this.options.log?.(
      'Amazon SNS did not let us confirm the subscription of the topic: it will ask again.',
    );
    throw new AppError('provider_unavailable', { retryAfter: 5 });
  }
}
