import type { Receipt } from '../sms-sender.js';
import type { Context } from './request-template.js';

/** The settings of an SMS gateway that is known by its requests only. */
export interface HttpGatewayEnvironment {
  HTTP_SMS_URL?: string | undefined;
  HTTP_SMS_METHOD: 'GET' | 'POST' | 'PUT';
  HTTP_SMS_HEADERS?: string | undefined;
  HTTP_SMS_BODY?: string | undefined;
  HTTP_SMS_SUCCESS?: string | undefined;
  HTTP_SMS_ID?: string | undefined;
  HTTP_SMS_REASONS?: string | undefined;
  HTTP_SMS_RECEIPT_SECRET?: string | undefined;
  HTTP_SMS_STATUSES?: string | undefined;
}

/**
 * Why a gateway does not send: for the number, for now (`throttled`), or for another reason
 * (`unavailable`).
 */
export const GATEWAY_REFUSALS = [
  'invalid_number',
  'landline',
  'unsupported_country',
  'unreachable',
  'opted_out',
  'blocked',
  'throttled',
  'unavailable',
] as const;
export const GATEWAY_STATUSES = [
  'queued',
  'sent',
  'delivered',
  'failed',
  'expired',
  'unknown',
] as const;

export type GatewayRefusal = (typeof GATEWAY_REFUSALS)[number];
export type GatewayStatus = Receipt['status'];

/**
 * An SMS gateway: what it is asked, and how its answers are read. Address, headers and body are
 * templates.
 */
export interface HttpGateway {
  url: string;
  method: HttpGatewayEnvironment['HTTP_SMS_METHOD'];
  headers: Readonly<Record<string, string>>;
  /** In an undefined context nobody knows how to write a value. */
  body?: { template: string; context: Context | undefined };
  /**
   * Where a 2xx says that the text was taken (JSON pointer), and the value it must have there; any
   * value when there is none.
   */
  success?: { at: string; is?: unknown };
  /** Where the gateway's own id of the text stands (JSON pointer). */
  id?: string;
  /** Where an answer says why not, and what its words there mean. */
  reasons?: { at: string; means: ReadonlyMap<string, GatewayRefusal> };
  /** `statuses` by the gateway's word, before the usual ones. */
  receipts?: { secret: string; statuses: ReadonlyMap<string, GatewayStatus> };
}
