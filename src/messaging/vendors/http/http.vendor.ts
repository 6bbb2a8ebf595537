import { z } from 'zod';
import { about, text } from '../vendor.js';
import { readHttpGateway } from './http-gateway.reader.js';

/** Any gateway that takes texts over HTTP. */
export const http = about({
  name: 'http',
  settings: {
    HTTP_SMS_URL: text,
    HTTP_SMS_METHOD: z.enum(['GET', 'POST', 'PUT']).default('POST'),
    HTTP_SMS_HEADERS: text,
    HTTP_SMS_BODY: text,
    HTTP_SMS_SUCCESS: text,
    HTTP_SMS_ID: text,
    HTTP_SMS_REASONS: text,
    HTTP_SMS_RECEIPT_SECRET: text,
    HTTP_SMS_STATUSES: text,
  },
  required: ['HTTP_SMS_URL'],
  problems: (settings) =>
    settings.HTTP_SMS_URL === undefined ? [] : readHttpGateway(settings).problems,
  channels: ['sms'],
  receiptsNeed: 'HTTP_SMS_RECEIPT_SECRET',
});
