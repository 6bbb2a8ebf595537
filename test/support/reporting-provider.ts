import { AppError } from '../../src/common/errors/app-error.js';
import {
  SmsSender,
  type Receipt,
  type ReceiptRequest,
  type SendResult,
} from '../../src/messaging/vendors/sms-sender.js';
import { ScriptedProvider } from './scripted-provider.js';

export const SIGNATURE = 'signed by the gateway';

/** Its gateway reports: the body is a receipt in JSON, signed by a header. */
class ReportingSender extends SmsSender {
  readonly name = 'reporting';
  readonly channels = ['sms'] as const;
  override readonly carriesText = false;
  /** What was asked to be believed. */
  readonly reports: ReceiptRequest[] = [];

  send(): Promise<SendResult> {
    return Promise.resolve({ outcome: 'unavailable' });
  }

  override receipts(request: ReceiptRequest): Receipt[] | null {
    this.reports.push(request);
    return request.headers['x-signature'] === SIGNATURE
      ? [JSON.parse(request.body.toString()) as Receipt]
      : null;
  }
}

/**
 * The same, whose gateway reports on all messages to one address; the body may say that it cannot
 * be judged now.
 */
class AccountReportingSender extends ReportingSender {
  override async accountReceipts(request: ReceiptRequest): Promise<Receipt[] | null> {
    if (request.body.toString() === 'later')
      throw new AppError('provider_unavailable', { retryAfter: 5 });
    return Promise.resolve(this.receipts(request));
  }
}

/** A scripted provider whose gateway reports. */
export class ReportingProvider extends ScriptedProvider {
  override readonly name: string = 'self:reporting';
  readonly sender: ReportingSender = new ReportingSender();

  get reports(): ReceiptRequest[] {
    return this.sender.reports;
  }
}

export class AccountReportingProvider extends ReportingProvider {
  override readonly sender = new AccountReportingSender();
}

/** What the gateway sends for a message. */
export const report = (
  url: string,
  receipt: Receipt,
  headers: Record<string, string> = { 'x-signature': SIGNATURE },
) =>
  fetch(`${url}/delivery/reporting/${receipt.reference}?via=test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(receipt),
  }).then(({ status }) => status);
