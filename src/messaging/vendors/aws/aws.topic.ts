import { AppError } from '../../../common/errors/app-error.js';
import { boundedFetch } from '../../../common/net/bounded-fetch.js';
import { awsReceipt } from './aws.receipt.js';
import type { GatewayContext } from '../gateway-sender.js';
import type { Receipt, ReceiptRequest } from '../sms-sender.js';
import { SnsCertificates } from './sns.certificates.js';
import { isSignedBySns, readSnsMessage, type SnsMessage } from './sns.message.js';

/**
 * Receipts of AWS, which a configuration set publishes to a topic of Amazon SNS, and the topic
 * posts to us.
 */
export class AwsTopic {
  private readonly host: string;
  private readonly certificates: SnsCertificates;

  /**
   * `arn` is the one topic that is believed, `arn:aws:sns:REGION:ACCOUNT:NAME`; SNS is asked over
   * the network unless told.
   */
  constructor(
    private readonly arn: string,
    private readonly context: GatewayContext,
    private readonly fetch = boundedFetch,
  ) {
    const [, partition = '', , region = ''] = arn.split(':');
    this.host = `sns.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
    this.certificates = new SnsCertificates(this.host, context, fetch);
  }

  /**
   * The receipts in what the topic posts, none in its other messages; null when SNS did not sign it
   * for this topic. Throws `provider_unavailable` when SNS cannot be asked: it will repeat the
   * message.
   */
  async receipts({ method, body }: ReceiptRequest): Promise<Receipt[] | null> {
    const message = readSnsMessage(body);
    if (method !== 'POST' || message?.TopicArn !== this.arn) return null;
    const key = await this.certificates.keyAt(message.SigningCertURL);
    if (!key || !isSignedBySns(message, key)) return null;
    return this.act(message);
  }

  private async act({ Type, Message, Token = '' }: SnsMessage): Promise<Receipt[]> {
    if (Type === 'Notification') return awsReceipt(Message);
    if (Type === 'SubscriptionConfirmation') await this.confirm(Token);
    else
      this.context.log?.(
        'Amazon SNS sends us no more receipts, for the subscription of the topic has ended.',
      );
    return [];
  }

  // By an address of our own making, never by the one in the message.
  private async confirm(token: string): Promise<void> {
    const query = new URLSearchParams({
      Action: 'ConfirmSubscription',
      Version: '2010-03-31',
      TopicArn: this.arn,
      Token: token,
    });
    const exchange = await this.fetch(
      new URL(`https://${this.host}/?${query}`),
      {},
      { timeout: this.context.timeout ?? 5000 },
    );
    if (exchange.outcome === 'answered' && exchange.status === 200) return;
    this.context.log?.(
      'Amazon SNS did not let us confirm the subscription of the topic: it will ask again.',
    );
    throw new AppError('provider_unavailable', { retryAfter: 5 });
  }
}
