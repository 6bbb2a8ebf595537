import { z } from 'zod';
import { problemsOfHttpGateway } from '../common/http-gateway/http-gateway.reader.js';
import type { ProviderName } from './verification-routes.js';
import { parsedUrl } from '../common/net/parsed-url.js';

const text = z.string().optional();
const address = (standard: string) => z.url({ protocol: /^https?$/ }).default(standard);

/** A topic of Amazon SNS, in any partition; FIFO ones (`NAME.fifo`) post to nobody. */
const TOPIC = /^arn:aws(-cn|-us-gov)?:sns:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[\w-]{1,256}$/;

/**
 * Accounts with verification services and SMS gateways. Addresses are for servers that speak the
 * same protocol.
 */
export const gatewaySettings = {
  AUTHY_KEY: text,
  AUTHY_URL: address('https://api.authy.com'),
  TWILIO_ACCOUNT_SID: text,
  TWILIO_AUTH_TOKEN: text,
  TWILIO_VERIFY_SERVICE_SID: text,
  TWILIO_FROM: text,
  TWILIO_CALL_FROM: text,
  TWILIO_URL: address('https://api.twilio.com'),
  TWILIO_VERIFY_URL: address('https://verify.twilio.com'),
  VONAGE_API_KEY: text,
  VONAGE_API_SECRET: text,
  VONAGE_FROM: text,
  VONAGE_SIGNATURE_SECRET: text,
  VONAGE_URL: address('https://rest.nexmo.com'),
  MESSAGEBIRD_ACCESS_KEY: text,
  MESSAGEBIRD_FROM: text,
  MESSAGEBIRD_SIGNING_KEY: text,
  MESSAGEBIRD_URL: address('https://rest.messagebird.com'),
  PLIVO_AUTH_ID: text,
  PLIVO_AUTH_TOKEN: text,
  PLIVO_FROM: text,
  PLIVO_CALL_FROM: text,
  PLIVO_URL: address('https://api.plivo.com'),
  AWS_REGION: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: text,
  AWS_SMS_FROM: text,
  AWS_CALL_FROM: text,
  AWS_SMS_CONFIGURATION_SET: text,
  AWS_SMS_TOPIC_ARN: z
    .string()
    .regex(TOPIC, 'must be arn:aws:sns:REGION:ACCOUNT:NAME, no FIFO topic')
    .optional(),
  AWS_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  HTTP_SMS_URL: text,
  HTTP_SMS_METHOD: z.enum(['GET', 'POST', 'PUT']).default('POST'),
  HTTP_SMS_HEADERS: text,
  HTTP_SMS_BODY: text,
  HTTP_SMS_SUCCESS: text,
  HTTP_SMS_ID: text,
  HTTP_SMS_REASONS: text,
  HTTP_SMS_RECEIPT_SECRET: text,
  HTTP_SMS_STATUSES: text,
};

const environment = z.object(gatewaySettings);
export type GatewayEnvironment = Readonly<z.infer<typeof environment>>;
type Variable = keyof GatewayEnvironment;

/** What each provider cannot do without. */
const REQUIRED: Readonly<Record<ProviderName, readonly Variable[]>> = {
  authy: ['AUTHY_KEY'],
  'twilio-verify': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VERIFY_SERVICE_SID'],
  'self:inbox': [],
  'self:http': ['HTTP_SMS_URL'],
  'self:twilio': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  'self:vonage': ['VONAGE_API_KEY', 'VONAGE_API_SECRET', 'VONAGE_FROM'],
  'self:messagebird': ['MESSAGEBIRD_ACCESS_KEY', 'MESSAGEBIRD_FROM'],
  'self:plivo': ['PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_FROM'],
  'self:aws': ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SMS_FROM'],
  'self:twilio-verify': ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VERIFY_SERVICE_SID'],
};

const PROVIDERS = Object.keys(REQUIRED) as ProviderName[];

/** The gateways' part of the environment. */
export const gatewaysOf = (env: GatewayEnvironment): GatewayEnvironment => environment.parse(env);

/**
 * These have no account of their own: a page of this machine, and a service that takes our codes
 * only if it is set up so.
 */
const BY_ROUTE_ONLY: readonly ProviderName[] = ['self:inbox', 'self:twilio-verify'];

/**
 * Providers whose account is given, whether a route names them or not: codes that they hold can
 * still be checked.
 */
export const providersSetUp = (env: GatewayEnvironment): ProviderName[] =>
  PROVIDERS.filter(
    (name) =>
      !BY_ROUTE_ONLY.includes(name) &&
      REQUIRED[name].every((variable) => env[variable] !== undefined),
  );

/**
 * A sentence for each variable that a provider of the routes lacks, and for each address that would
 * tell secrets in clear.
 */
export function gatewayProblems(
  env: GatewayEnvironment,
  named: readonly ProviderName[],
  isLoopback: (host: string) => boolean,
) {
  const missing = named.flatMap((name) =>
    REQUIRED[name]
      .filter((variable) => env[variable] === undefined)
      .map((variable) => `${variable}: is required for ${name}`),
  );
  const clear = (Object.keys(gatewaySettings) as Variable[]).filter((name) => {
    const url = name.endsWith('_URL') ? parsedUrl(env[name] ?? '') : null;
    return url?.protocol === 'http:' && !isLoopback(url.hostname);
  });
  const deaf = env.AWS_SMS_TOPIC_ARN !== undefined && env.AWS_SMS_CONFIGURATION_SET === undefined;
  const http = env.HTTP_SMS_URL === undefined ? [] : problemsOfHttpGateway(env);
  const unheard = deaf
    ? ['AWS_SMS_TOPIC_ARN: needs AWS_SMS_CONFIGURATION_SET, which publishes to it']
    : [];
  return [
    ...new Set(missing),
    ...http,
    ...unheard,
    ...clear.map((name) => `${name}: http is for loopback only; use https`),
  ];
}
