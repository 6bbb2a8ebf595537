import type { Channel } from '../challenge.entity.js';

/**
 * What a person reads or hears. The code comes first, for lock-screen previews; the last line binds it to the site's origin
 * (WebOTP, origin-bound one-time codes: exactly one space, no newline after it). One GSM-7 segment: at most 160 characters.
 */
export function messageText(code: string, channel: Channel, host: string): string {
  if (channel === 'call') {
    const digits = [...code].join(', ');
    return `Your Ringback code is ${digits}. Again: ${digits}. Never share it.`;
  }
  return `${code} is your Ringback code. It works for 10 minutes. Never share it.\n\n@${host} #${code}`;
}
