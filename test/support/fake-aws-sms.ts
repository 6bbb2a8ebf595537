import { randomUUID } from 'node:crypto';
import { minutes } from '../../src/common/clock.js';
import type { Answer } from './fake-authy.errors.js';
import { signatureOf } from './fake-aws-sms.signature.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface FakeAwsSmsOptions {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  region: string;
  now: () => Date;
  /** Numbers (E.164) to which nothing goes, with the error they get. */
  refusals?: Readonly<Record<string, Answer>>;
}

type Content = Readonly<Record<string, unknown>>;

/** An error as AWS JSON 1.0 carries it. */
export const awsError = (name: string, rest: object = {}, status = 400): Answer => ({
  status,
  body: { __type: `com.amazonaws.pinpointsmsvoicev2#${name}`, Message: 'x', ...rest },
});

const ORIGINATION = /^[A-Za-z0-9_:/+-]{1,256}$/;
const CREDENTIAL =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8}\/[^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

/**
 * A local server that speaks AWS End User Messaging SMS (the API `pinpoint-sms-voice-v2`) and
 * checks signatures by itself.
 */
export class FakeAwsSms extends FakeGateway {
  constructor(private readonly options: FakeAwsSmsOptions) {
    super();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    const answer = this.problemOfSignature(request) ?? this.route(request);
    return { ...answer, headers: { Date: this.options.now().toUTCString() } };
  }

  private problemOfSignature({ method, path, headers, body }: GatewayRequest): Answer | undefined {
    const { accessKeyId, secretAccessKey, sessionToken, region, now } = this.options;
    const [, id, scope, names = '', signature] = CREDENTIAL.exec(headers.authorization ?? '') ?? [];
    if (signature === undefined) return awsError('MissingAuthenticationTokenException');
    const isKnown = id === accessKeyId && headers['x-amz-security-token'] === sessionToken;
    if (!isKnown) return awsError('UnrecognizedClientException');

    const flat = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    );
    const signedHeaders = names.split(';');
    const isWhole = ['host', 'x-amz-date', 'x-amz-target', 'content-type'].every((name) =>
      signedHeaders.includes(name),
    );
    const signed = {
      method,
      path,
      headers: flat,
      signedHeaders,
      body,
      region,
      service: 'sms-voice',
    };
    const expected = signatureOf(signed, secretAccessKey);
    const time = flat['x-amz-date'] ?? '';
    const isInScope = scope === `${time.slice(0, 8)}/${region}/sms-voice/aws4_request`;
    const isCurrent = Math.abs(now().getTime() - timeOf(time)) <= minutes(5);
    return isWhole && isInScope && isCurrent && signature === expected
      ? undefined
      : awsError('InvalidSignatureException');
  }

  private route({ method, path, headers, body }: GatewayRequest): Answer {
    if (method !== 'POST' || path !== '/')
      return { status: 404, body: '<UnknownOperationException/>' };
    if (headers['content-type'] !== 'application/x-amz-json-1.0')
      return awsError('SerializationException');
    const content = JSON.parse(body) as Content;
    switch (headers['x-amz-target']) {
      case 'PinpointSMSVoiceV2.SendTextMessage':
        return this.send('sms', content, problemsOfText(content));
      case 'PinpointSMSVoiceV2.SendVoiceMessage':
        return this.send('call', content, problemsOfCall(content));
      case 'PinpointSMSVoiceV2.DescribeAccountAttributes':
        return {
          status: 200,
          body: { AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'PRODUCTION' }] },
        };
      default:
        return awsError('UnknownOperationException');
    }
  }

  private send(channel: 'sms' | 'call', content: Content, problems: string[]): Answer {
    const to = String(content['DestinationPhoneNumber']);
    if (!/^\+?[1-9][0-9]{1,18}$/.test(to)) problems.push('DestinationPhoneNumber');
    const Fields = problems.map((Name) => ({ Name, Message: 'x' }));
    if (problems.length > 0)
      return awsError('ValidationException', { Reason: 'FIELD_VALIDATION_FAILED', Fields });
    const refusal = this.options.refusals?.[to];
    if (refusal) return refusal;
    this.messages.push({ to, channel, text: String(content['MessageBody']) });
    return { status: 200, body: { MessageId: randomUUID() } };
  }
}

/**
 * What of a message the API's own description does not allow; fields that it does not know are
 * refused as well.
 */
function problemsOfBoth(content: Content, own: readonly string[]): string[] {
  const {
    OriginationIdentity: from,
    TimeToLive: life,
    MessageBody: body,
    Context: context,
  } = content;
  const known = [
    'DestinationPhoneNumber',
    'OriginationIdentity',
    'MessageBody',
    'ConfigurationSetName',
    'TimeToLive',
    'Context',
  ];
  const problems = Object.keys(content).filter((name) => ![...known, ...own].includes(name));
  if (!ORIGINATION.test(String(from))) problems.push('OriginationIdentity');
  if (!Number.isInteger(life) || Number(life) < 5 || Number(life) > 259_200)
    problems.push('TimeToLive');
  if (typeof body !== 'string' || body.trim() === '') problems.push('MessageBody');
  if (JSON.stringify(context).length > 800) problems.push('Context');
  return problems;
}

function problemsOfText(content: Content): string[] {
  const problems = problemsOfBoth(content, ['MessageType']);
  return content['MessageType'] === 'TRANSACTIONAL' ? problems : [...problems, 'MessageType'];
}

const VOICES = ['CAMILA', 'JOANNA', 'LEA', 'LUCIA', 'LUPE', 'MATTHEW', 'VICKI', 'ZEINA', 'ZHIYU'];

function problemsOfCall(content: Content): string[] {
  const problems = problemsOfBoth(content, ['MessageBodyTextType', 'VoiceId']);
  if (!VOICES.includes(String(content['VoiceId']))) problems.push('VoiceId');
  return content['MessageBodyTextType'] === 'TEXT'
    ? problems
    : [...problems, 'MessageBodyTextType'];
}

/** `20260301T120000Z` in milliseconds. */
const timeOf = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
