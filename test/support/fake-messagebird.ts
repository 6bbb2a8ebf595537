import { randomBytes } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface MessageBirdFault {
  code: number;
  description: string;
  parameter: string | null;
}

export interface FakeMessageBirdOptions {
  key: string;
  now: () => Date;
  /** Numbers (E.164) to which nothing goes, with the error they get. */
  refusals?: Readonly<Record<string, MessageBirdFault>>;
}

interface Content {
  recipients?: string[];
  originator?: string;
  body?: string;
  reference?: string;
  language?: string;
  repeat?: number;
  ifMachine?: string;
}

const LANGUAGES = (
  'cy-gb da-dk de-de el-gr en-au en-gb en-gb-wls en-in en-us es-es es-mx es-us fr-ca fr-fr id-id is-is it-it ja-jp ko-kr ms-my ' +
  'nb-no nl-nl pl-pl pt-br pt-pt ro-ro ru-ru sv-se ta-in th-th tr-tr vi-vn zh-cn zh-hk'
).split(' ');

const fault = (code: number, description: string, parameter: string | null): MessageBirdFault => ({
  code,
  description,
  parameter,
});

const STRANGER = fault(2, 'Request not allowed (incorrect access_key)', 'access_key');

export const refusal = (status: number, ...errors: MessageBirdFault[]): Answer => ({
  status,
  body: { errors },
});

/**
 * A local server that speaks the SMS API, the Voice Messaging API and the Balance API of
 * MessageBird.
 */
export class FakeMessageBird extends FakeGateway {
  constructor(private readonly options: FakeMessageBirdOptions) {
    super();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    const isKnown = request.headers.authorization === `AccessKey ${this.options.key}`;
    const answer = isKnown ? this.route(request) : refusal(401, STRANGER);
    return { ...answer, headers: { Date: this.options.now().toUTCString() } };
  }

  private route({ method, path, body }: GatewayRequest): Answer {
    switch (`${method} ${path}`) {
      case 'POST /messages':
        return this.create('sms', JSON.parse(body) as Content);
      case 'POST /voicemessages':
        return this.create('call', JSON.parse(body) as Content);
      case 'GET /balance':
        return { status: 200, body: { payment: 'prepaid', type: 'credits', amount: 42.5 } };
      default:
        return refusal(404, fault(98, 'API not found', null));
    }
  }

  private create(channel: 'sms' | 'call', content: Content): Answer {
    const problems = channel === 'sms' ? problemsOfText(content) : problemsOfCall(content);
    const [recipient = ''] = content.recipients ?? [];
    const special = this.options.refusals?.[`+${recipient}`];
    if (special || problems.length > 0) return refusal(422, ...(special ? [special] : problems));

    const { body = '', ...rest } = content;
    this.messages.push({ to: `+${recipient}`, channel, text: body });
    const id = randomBytes(16).toString('hex');
    const href = `https://rest.messagebird.com/${channel === 'sms' ? 'messages' : 'voicemessages'}/${id}`;
    return {
      status: 201,
      body: { id, href, ...rest, body, recipients: this.recipientsOf(channel, recipient, body) },
    };
  }

  private recipientsOf(channel: 'sms' | 'call', recipient: string, body: string): object {
    const statusDatetime = this.options
      .now()
      .toISOString()
      .replace(/\.\d{3}Z$/, '+00:00');
    const text = {
      status: 'sent',
      messagePartCount: Math.ceil(body.length / 160),
      messageLength: body.length,
    };
    const item = {
      recipient: Number(recipient),
      statusDatetime,
      ...(channel === 'sms' ? text : { status: 'calling' }),
    };
    return {
      totalCount: 1,
      totalSentCount: 1,
      totalDeliveredCount: 0,
      totalDeliveryFailedCount: 0,
      items: [item],
    };
  }
}

function problemsOfText({ recipients, originator, body }: Content): MessageBirdFault[] {
  const problems = problemsOfRecipients(recipients);
  if (!originator) problems.push(fault(9, 'originator is required', 'originator'));
  else if (!/^(\+?\d{1,17}|[A-Za-z0-9 ]{1,11})$/.test(originator))
    problems.push(fault(10, 'originator is invalid', 'originator'));
  if (!body) problems.push(fault(9, 'body is required', 'body'));
  return problems;
}

function problemsOfCall({
  recipients,
  originator,
  body = '',
  language,
  repeat = 1,
  ifMachine = 'delay',
}: Content) {
  const problems = problemsOfRecipients(recipients);
  if (body === '' || body.length > 1000) problems.push(fault(9, 'body is invalid', 'body'));
  if (originator !== undefined && !/^\d{7,15}$/.test(originator))
    problems.push(fault(10, 'originator is invalid', 'originator'));
  if (language !== undefined && !LANGUAGES.includes(language))
    problems.push(fault(10, 'language is invalid', 'language'));
  if (repeat < 1 || repeat > 10) problems.push(fault(10, 'repeat is invalid', 'repeat'));
  if (!['continue', 'delay', 'hangup'].includes(ifMachine))
    problems.push(fault(10, 'ifMachine is invalid', 'ifMachine'));
  return problems;
}

function problemsOfRecipients(recipients: string[] = []): MessageBirdFault[] {
  const isFine =
    recipients.length === 1 && recipients.every((recipient) => /^[1-9]\d{6,14}$/.test(recipient));
  return isFine ? [] : [fault(9, 'no (correct) recipients found', 'recipient')];
}
