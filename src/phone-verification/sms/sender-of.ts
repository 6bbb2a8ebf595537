import type { Clock } from '../../common/clock.js';
import { readHttpGateway } from '../../common/http-gateway.reader.js';
import type { GatewayEnvironment } from '../../config/gateway-settings.js';
import type { ProviderName } from '../../config/verification-routes.js';
import { AwsSender } from './aws.sender.js';
import { HttpSender } from './http.sender.js';
import { MessageBirdSender } from './messagebird.sender.js';
import { PlivoSender } from './plivo.sender.js';
import type { SmsSender } from './sms-sender.js';
import { TwilioVerifySender } from './twilio-verify.sender.js';
import { TwilioSender } from './twilio.sender.js';
import { VonageSender } from './vonage.sender.js';

type Carried = Extract<ProviderName, `self:${string}`>;

interface Surroundings {
  clock: Clock;
  log: (sentence: string) => void;
}

/** The sender behind `self:NAME`; what it needs has been checked with the settings. */
export function senderOf(name: Exclude<Carried, 'self:inbox'>, env: GatewayEnvironment, around: Surroundings): SmsSender {
  switch (name) {
    case 'self:twilio':
      return new TwilioSender({
        accountSid: env.TWILIO_ACCOUNT_SID ?? '', authToken: env.TWILIO_AUTH_TOKEN ?? '', from: env.TWILIO_FROM ?? '',
        callFrom: env.TWILIO_CALL_FROM, url: env.TWILIO_URL, ...around,
      });
    case 'self:twilio-verify':
      return new TwilioVerifySender({
        accountSid: env.TWILIO_ACCOUNT_SID ?? '', authToken: env.TWILIO_AUTH_TOKEN ?? '',
        serviceSid: env.TWILIO_VERIFY_SERVICE_SID ?? '', url: env.TWILIO_VERIFY_URL, ...around,
      });
    case 'self:vonage':
      return new VonageSender({
        apiKey: env.VONAGE_API_KEY ?? '', apiSecret: env.VONAGE_API_SECRET ?? '', from: env.VONAGE_FROM ?? '',
        signatureSecret: env.VONAGE_SIGNATURE_SECRET, url: env.VONAGE_URL, ...around,
      });
    case 'self:messagebird':
      return new MessageBirdSender({
        accessKey: env.MESSAGEBIRD_ACCESS_KEY ?? '', from: env.MESSAGEBIRD_FROM ?? '', signingKey: env.MESSAGEBIRD_SIGNING_KEY,
        url: env.MESSAGEBIRD_URL, ...around,
      });
    case 'self:aws':
      return new AwsSender({
        region: env.AWS_REGION ?? '', accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: env.AWS_SESSION_TOKEN, from: env.AWS_SMS_FROM ?? '', callFrom: env.AWS_CALL_FROM,
        configurationSet: env.AWS_SMS_CONFIGURATION_SET, url: env.AWS_SMS_URL, ...around,
      });
    case 'self:plivo':
      return new PlivoSender({
        authId: env.PLIVO_AUTH_ID ?? '', authToken: env.PLIVO_AUTH_TOKEN ?? '', from: env.PLIVO_FROM ?? '', url: env.PLIVO_URL,
        ...around,
      });
    case 'self:http':
      return new HttpSender({ gateway: readHttpGateway(env).gateway, ...around });
  }
}
