import { AppError } from '../../src/common/errors/app-error.js';
import type { Receipt, ReceiptRequest } from '../../src/messaging/receipts/receipt.js';
import { ScriptedProvider } from './scripted-provider.js';

export const SIGNATURE = 'signed by the gateway';

/** A scripted provider whose gateway reports: the body is a receipt in JSON, signed by a header. */
export class ReportingProvider extends ScriptedProvider {
  override readonly name: string = 'self:reporting';
  /** What was asked to be believed. */
  readonly reports: ReceiptRequest[] = [];

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
export class AccountReportingProvider extends ReportingProvider {
  override async accountReceipts(request: ReceiptRequest): Promise<Receipt[] | null> {
    if (request.body.toString() === 'later')
      throw new AppError('provider_unavailable', { retryAfter: 5 });
    return Promise.resolve(this.receipts(request));
  }
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
