import { after, days } from '../../common/clock.js';
import type { GatewayEnvironment } from '../../config/gateway-settings.js';
import { isLoopback } from '../../config/load-settings.js';
import type { Settings } from '../../config/settings.js';
import type { ProviderName } from '../../config/verification-routes.js';
import type { Finding } from './doctor.finding.js';

/** Milliseconds before their end from which test numbers are a matter. */
const SOON = days(7);

/**
 * Whose gateway reports what became of messages, and what its reports are checked with: without
 * that none are asked for.
 */
const REPORTING: Partial<Record<ProviderName, keyof GatewayEnvironment>> = {
  'self:http': 'HTTP_SMS_RECEIPT_SECRET',
  'self:twilio': 'TWILIO_AUTH_TOKEN',
  'self:vonage': 'VONAGE_SIGNATURE_SECRET',
  'self:messagebird': 'MESSAGEBIRD_SIGNING_KEY',
  'self:plivo': 'PLIVO_AUTH_TOKEN',
};

/**
 * What no rule at start refuses and is wrong all the same, or will be. What is not in use is not
 * spoken of.
 */
export const lookAtSettings = (settings: Settings, now: Date): Finding[] => [
  ...lookAtPublicUrl(settings),
  ...lookAtTestNumbers(settings, now),
];

function lookAtPublicUrl({ publicUrl, providers, gateways }: Settings): Finding[] {
  const reporting = providers.filter((name) => {
    const key = REPORTING[name];
    return key !== undefined && gateways[key] !== undefined;
  });
  if (reporting.length === 0) return [];
  // Elsewhere http is refused at start.
  const isGood = !isLoopback(new URL(publicUrl).hostname);
  const sentence = isGood
    ? `Delivery receipts come to ${publicUrl}.`
    : `Delivery receipts cannot come to ${publicUrl}: it must be an https address that gateways can reach.`;
  return [{ subject: 'PUBLIC_URL', isGood, sentence }];
}

function lookAtTestNumbers({ testNumbers: { codes, until } }: Settings, now: Date): Finding[] {
  if (codes.size === 0) return [];
  const subject = 'TEST_NUMBERS';
  if (until === null) return [{ subject, isGood: true, sentence: 'They have no last day.' }];
  const day = until.toISOString().slice(0, 10);
  if (now > until)
    return [{ subject, isGood: false, sentence: `Their last day was ${day}: ${WAY_OUT}.` }];
  const isSoon = after(now, SOON) > until;
  return [
    {
      subject,
      isGood: !isSoon,
      sentence: isSoon ? `Their last day is ${day}: ${WAY_OUT}.` : `Their last day is ${day}.`,
    },
  ];
}

const WAY_OUT = 'set a later TEST_NUMBERS_UNTIL, or take them out';
