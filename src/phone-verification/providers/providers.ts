import { twilioVerify } from '../../messaging/vendors/twilio-verify/twilio-verify.vendor.js';
import { vendor, type Vendor } from '../../messaging/vendors/vendor.js';
import { VENDORS } from '../../messaging/vendors/vendors.js';
import { authy } from './authy.vendor.js';
import type { VerificationProvider } from './verification-provider.js';

/** Services that make codes themselves. A new one is a line here, and its files. */
export const PROVIDERS: readonly Vendor<VerificationProvider>[] = [
  vendor(authy, async () => (await import('./authy.provider.js')).AuthyProvider),
  vendor(
    { ...twilioVerify, isByRouteOnly: false },
    async () => (await import('./twilio-verify.provider.js')).TwilioVerifyProvider,
  ),
];

/** Whoever routes can name: those, and ourselves with one of the senders (`self:twilio`). */
export const ACCOUNTS = [
  ...PROVIDERS,
  ...VENDORS.map((one) => ({ ...one, name: `self:${one.name}` })),
];
