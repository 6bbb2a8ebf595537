import { aws } from './aws/aws.vendor.js';
import { http } from './http/http.vendor.js';
import { InboxSender } from './inbox/inbox.sender.js';
import { inbox } from './inbox/inbox.vendor.js';
import { messageBird } from './messagebird/messagebird.vendor.js';
import { plivo } from './plivo/plivo.vendor.js';
import type { SmsSender } from './sms-sender.js';
import { twilio } from './twilio/twilio.vendor.js';
import { twilioVerify } from './twilio-verify/twilio-verify.vendor.js';
import { vendor, type Vendor } from './vendor.js';
import { vonage } from './vonage/vonage.vendor.js';

/**
 * Everybody who can carry a text. Routes, settings, `doctor`, receipts and the table of
 * docs/providers.md follow this list: a new vendor is a line here, and its folder.
 */
export const VENDORS: readonly Vendor<SmsSender>[] = [
  { ...inbox, open: (_settings, { clock }) => Promise.resolve(new InboxSender(clock)) },
  vendor(http, async () => (await import('./http/http.sender.js')).HttpSender),
  vendor(twilio, async () => (await import('./twilio/twilio.sender.js')).TwilioSender),
  vendor(vonage, async () => (await import('./vonage/vonage.sender.js')).VonageSender),
  vendor(
    messageBird,
    async () => (await import('./messagebird/messagebird.sender.js')).MessageBirdSender,
  ),
  vendor(plivo, async () => (await import('./plivo/plivo.sender.js')).PlivoSender),
  vendor(aws, async () => (await import('./aws/aws.sender.js')).AwsSender),
  vendor(
    twilioVerify,
    async () => (await import('./twilio-verify/twilio-verify.sender.js')).TwilioVerifySender,
  ),
];
