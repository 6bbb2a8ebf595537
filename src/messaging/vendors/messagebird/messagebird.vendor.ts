import { about, address, text, type SettingsOf } from '../vendor.js';

export const messageBird = about({
  name: 'messagebird',
  settings: {
    MESSAGEBIRD_ACCESS_KEY: text,
    /** A number, or a name of up to 11 characters. Calls show it when it is a number. */
    MESSAGEBIRD_FROM: text,
    MESSAGEBIRD_SIGNING_KEY: text,
    MESSAGEBIRD_URL: address('https://rest.messagebird.com'),
  },
  required: ['MESSAGEBIRD_ACCESS_KEY', 'MESSAGEBIRD_FROM'],
  channels: ['sms', 'call'],
  receiptsNeed: 'MESSAGEBIRD_SIGNING_KEY',
});

export type MessageBirdSettings = SettingsOf<typeof messageBird>;
