import { about, address, text, type SettingsOf } from '../vendor.js';

export const vonage = about({
  name: 'vonage',
  settings: {
    VONAGE_API_KEY: text,
    VONAGE_API_SECRET: text,
    VONAGE_FROM: text,
    VONAGE_SIGNATURE_SECRET: text,
    VONAGE_URL: address('https://rest.nexmo.com'),
  },
  required: ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM'],
  channels: ['sms'],
  receiptsNeed: 'VONAGE_SIGNATURE_SECRET',
});

export type VonageSettings = SettingsOf<typeof vonage>;
