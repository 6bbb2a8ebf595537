import { about, address, text, type SettingsOf } from '../vendor.js';

export const plivo = about({
  name: 'plivo',
  settings: {
    /** `MA…`, or `SA…` of a subaccount. */
    PLIVO_AUTH_ID: text,
    /** Password of the API and key of the receipts' signatures. */
    PLIVO_AUTH_TOKEN: text,
    /** A number, a short code, a sender's name, or the UUID of a Powerpack. */
    PLIVO_FROM: text,
    /** Who calls, E.164; PLIVO_FROM unless told. Without a number there are no calls. */
    PLIVO_CALL_FROM: text,
    PLIVO_URL: address('https://api.plivo.com'),
  },
  required: ['PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_FROM'],
  channels: ['sms', 'call'],
  receiptsNeed: 'PLIVO_AUTH_TOKEN',
});

export type PlivoSettings = SettingsOf<typeof plivo>;
