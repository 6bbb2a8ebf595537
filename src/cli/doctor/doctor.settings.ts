import { after, days } from '../../common/clock.js';
import { isLoopback } from '../../common/net/local-network.js';
import type { Settings } from '../../config/settings.js';
import { VENDORS } from '../../messaging/vendors/vendors.js';
import type { Finding } from './doctor.finding.js';

/** Milliseconds before their end from which test numbers are a matter. */
const ENDS_SOON = days(7);

/**
 * What no rule at start refuses and is wrong all the same, or will be. What is not in use is not
 * spoken of.
 */
export const lookAtSettings = (settings: Settings, now: Date): Finding[] => [
  ...lookAtPublicUrl(settings),
  ...lookAtTestNumbers(settings, now),
];

function lookAtPublicUrl({ publicUrl, providers, gateways }: Settings): Finding[] {
  const isReporting = VENDORS.some(
    ({ name, receiptsNeed }) =>
      receiptsNeed !== undefined &&
      gateways[receiptsNeed] !== undefined &&
      providers.includes(`self:${name}`),
  );
  if (!isReporting) return [];
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
  const isSoon = after(now, ENDS_SOON) > until;
  return [
    {
      subject,
      isGood: !isSoon,
      sentence: isSoon ? `Their last day is ${day}: ${WAY_OUT}.` : `Their last day is ${day}.`,
    },
  ];
}

const WAY_OUT = 'set a later TEST_NUMBERS_UNTIL, or take them out';
