import { about, address, text, type SettingsOf } from '../vendor.js';

export const twilio = about({
  name: 'twilio',
  settings: {
    TWILIO_ACCOUNT_SID: text,
    /** Password of the API and key of the receipts' signatures. */
    TWILIO_AUTH_TOKEN: text,
    /** A number (E.164), a short code, a sender's name, or a messaging service `MG…`. */
    TWILIO_FROM: text,
    /** Who calls, E.164; TWILIO_FROM unless told. Without a number there are no calls. */
    TWILIO_CALL_FROM: text,
    TWILIO_URL: address('https://api.twilio.com'),
  },
  required: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  channels: ['sms', 'call'],
  receiptsNeed: 'TWILIO_AUTH_TOKEN',
});

export type TwilioSettings = SettingsOf<typeof twilio>;
