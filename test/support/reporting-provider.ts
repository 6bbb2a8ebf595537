import type { Receipt, ReceiptRequest } from '../../src/phone-verification/receipt.js';
import { ScriptedProvider } from './scripted-provider.js';

export const SIGNATURE = 'signed by the gateway';

/** A scripted provider whose gateway reports: the body is a receipt in JSON, signed by a header. */
export class ReportingProvider extends ScriptedProvider {
  override readonly name: string = 'self:reporting';
  /** What was asked to be believed. */
  readonly reports: ReceiptRequest[] = [];

  override receipts(request: ReceiptRequest): Receipt[] | null {
    this.reports.push(request);
    return request.headers['x-signature'] === SIGNATURE ? [JSON.parse(request.body.toString()) as Receipt] : null;
  }
}

/** What the gateway sends for a message. */
export const report = (url: string, receipt: Receipt, headers: Record<string, string> = { 'x-signature': SIGNATURE }) =>
  fetch(`${url}/delivery/reporting/${receipt.reference}?via=test`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(receipt),
  }).then(({ status }) => status);
