import { about, address, text, type SettingsOf } from '../../messaging/vendors/vendor.js';

/** Authy Phone Verification API v1, or a server that speaks it. */
export const authy = about({
  name: 'authy',
  settings: { AUTHY_KEY: text, AUTHY_URL: address('https://api.authy.com') },
  required: ['AUTHY_KEY'],
  channels: ['sms', 'call'],
});

export type AuthySettings = SettingsOf<typeof authy>;
