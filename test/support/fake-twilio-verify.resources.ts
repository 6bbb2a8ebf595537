import { randomBytes } from 'node:crypto';

/** Two letters and 32 hexadecimal digits, as Twilio names things. */
export const newSid = (prefix: 'VE' | 'VL'): string =>
  `${prefix}${randomBytes(16).toString('hex')}`;

export interface Verification {
  sid: string;
  to: string;
  channel: string;
  code: string;
  status: 'pending' | 'approved' | 'canceled' | 'max_attempts_reached';
  /** Milliseconds since 1970. */
  createdAt: number;
  sends: { time: string; channel: string; attempt_sid: string }[];
  checks: number;
}

/** Whose verifications they are. */
export interface Owner {
  accountSid: string;
  serviceSid: string;
}

/** What a service is set up for. */
export interface Codes {
  /** Digits of the codes that it makes. */
  codeLength: number;
  /** It takes codes made by others. */
  customCodes: boolean;
}

const HOST = 'https://verify.twilio.com';
const isoTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('.000Z', 'Z');

/** A verification as the API shows it. */
export function showVerification(
  { accountSid, serviceSid }: Owner,
  verification: Verification,
  now: number,
): object {
  const { sid, to, channel, status, createdAt, sends } = verification;
  return {
    sid,
    service_sid: serviceSid,
    account_sid: accountSid,
    to,
    channel,
    status,
    valid: status === 'approved',
    date_created: isoTime(createdAt),
    date_updated: isoTime(now),
    lookup: {},
    amount: null,
    payee: null,
    send_code_attempts: sends,
    sna: null,
    url: `${HOST}/v2/Services/${serviceSid}/Verifications/${sid}`,
  };
}

/** The outcome of a check as the API shows it. */
export function showCheck(
  { accountSid, serviceSid }: Owner,
  verification: Verification,
  now: number,
): object {
  const { sid, to, channel, status, createdAt } = verification;
  return {
    sid,
    service_sid: serviceSid,
    account_sid: accountSid,
    to,
    channel,
    status,
    valid: status === 'approved',
    amount: null,
    payee: null,
    sna_attempts_error_codes: [],
    date_created: isoTime(createdAt),
    date_updated: isoTime(now),
  };
}

/** The service as the API shows it. */
export function showService(
  { accountSid, serviceSid }: Owner,
  { codeLength, customCodes }: Codes,
  now: number,
): object {
  const url = `${HOST}/v2/Services/${serviceSid}`;
  return {
    sid: serviceSid,
    account_sid: accountSid,
    friendly_name: 'Ringback',
    code_length: codeLength,
    lookup_enabled: false,
    psd2_enabled: false,
    skip_sms_to_landlines: false,
    dtmf_input_required: true,
    tts_name: null,
    custom_code_enabled: customCodes,
    do_not_share_warning_enabled: true,
    push: { include_date: false, apn_credential_sid: null, fcm_credential_sid: null },
    totp: { issuer: null, time_step: 30, code_length: 6, skew: 1 },
    whatsapp: { msg_service_sid: null, from: null },
    default_template_sid: null,
    verify_event_subscription_enabled: false,
    date_created: isoTime(0),
    date_updated: isoTime(now),
    url,
    links: {
      verifications: `${url}/Verifications`,
      verification_checks: `${url}/VerificationCheck`,
    },
  };
}

/** The time of an attempt as the API shows it. */
export const attemptAt = (now: number, channel: string): Verification['sends'][number] => ({
  time: isoTime(now),
  channel: channel.toUpperCase(),
  attempt_sid: newSid('VL'),
});
