import { CHANNELS } from '../../../common/channel.js';
import { about, address, text, type SettingsOf } from '../vendor.js';

/**
 * Twilio's account may be there for its texts or for codes of Twilio's own; a service takes our
 * codes only if it is set up so.
 */
export const twilioVerify = about({
  name: 'twilio-verify',
  settings: {
    TWILIO_ACCOUNT_SID: text,
    TWILIO_AUTH_TOKEN: text,
    TWILIO_VERIFY_SERVICE_SID: text,
    TWILIO_VERIFY_URL: address('https://verify.twilio.com'),
  },
  required: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VERIFY_SERVICE_SID'],
  isByRouteOnly: true,
  channels: CHANNELS,
});

export type TwilioVerifySettings = SettingsOf<typeof twilioVerify>;
