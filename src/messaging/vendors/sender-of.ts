import type { Clock } from '../../common/clock.js';
import { readHttpGateway } from '../../common/http-gateway/http-gateway.reader.js';
import type { GatewayEnvironment } from '../../config/gateway-settings.js';
import type { ProviderName } from '../../config/verification-routes.js';
import type { SmsSender } from './sms-sender.js';

type Carried = Extract<ProviderName, `self:${string}`>;

interface Surroundings {
  clock: Clock;
  log: (sentence: string) => void;
}

/**
 * The sender behind `self:NAME`, loaded only where it is wanted; what it needs has been checked
 * with the settings.
 */
export async function senderOf(
  name: Exclude<Carried, 'self:inbox'>,
  env: GatewayEnvironment,
  around: Surroundings,
): Promise<SmsSender> {
  switch (name) {
    case 'self:twilio':
      return new (await import('./twilio/twilio.sender.js')).TwilioSender({
        accountSid: env.TWILIO_ACCOUNT_SID ?? '',
        authToken: env.TWILIO_AUTH_TOKEN ?? '',
        from: env.TWILIO_FROM ?? '',
        callFrom: env.TWILIO_CALL_FROM,
        url: env.TWILIO_URL,
        ...around,
      });
    case 'self:twilio-verify':
      return new (await import('./twilio-verify/twilio-verify.sender.js')).TwilioVerifySender({
        accountSid: env.TWILIO_ACCOUNT_SID ?? '',
        authToken: env.TWILIO_AUTH_TOKEN ?? '',
        serviceSid: env.TWILIO_VERIFY_SERVICE_SID ?? '',
        url: env.TWILIO_VERIFY_URL,
        ...around,
      });
    case 'self:vonage':
      return new (await import('./vonage/vonage.sender.js')).VonageSender({
        apiKey: env.VONAGE_API_KEY ?? '',
        apiSecret: env.VONAGE_API_SECRET ?? '',
        from: env.VONAGE_FROM ?? '',
        signatureSecret: env.VONAGE_SIGNATURE_SECRET,
        url: env.VONAGE_URL,
        ...around,
      });
    case 'self:messagebird':
      return new (await import('./messagebird/messagebird.sender.js')).MessageBirdSender({
        accessKey: env.MESSAGEBIRD_ACCESS_KEY ?? '',
        from: env.MESSAGEBIRD_FROM ?? '',
        signingKey: env.MESSAGEBIRD_SIGNING_KEY,
        url: env.MESSAGEBIRD_URL,
        ...around,
      });
    case 'self:aws':
      return new (await import('./aws/aws.sender.js')).AwsSender({
        region: env.AWS_REGION ?? '',
        accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: env.AWS_SESSION_TOKEN,
        from: env.AWS_SMS_FROM ?? '',
        callFrom: env.AWS_CALL_FROM,
        configurationSet: env.AWS_SMS_CONFIGURATION_SET,
        topicArn: env.AWS_SMS_TOPIC_ARN,
        url: env.AWS_SMS_URL,
        ...around,
      });
    case 'self:plivo':
      return new (await import('./plivo/plivo.sender.js')).PlivoSender({
        authId: env.PLIVO_AUTH_ID ?? '',
        authToken: env.PLIVO_AUTH_TOKEN ?? '',
        from: env.PLIVO_FROM ?? '',
        callFrom: env.PLIVO_CALL_FROM,
        url: env.PLIVO_URL,
        ...around,
      });
    case 'self:http':
      return new (await import('./http/http.sender.js')).HttpSender({
        gateway: readHttpGateway(env).gateway,
        ...around,
      });
  }
}
