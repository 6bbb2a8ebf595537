import { randomUUID } from 'node:crypto';
import type { Answer } from './fake-authy.errors.js';
import { FakeGateway, type GatewayRequest } from './fake-gateway.js';

export interface FakeHttpGatewayOptions {
  key: string;
  now: () => Date;
  /** Numbers (E.164) to which nothing goes, with the code they get. */
  refusals?: Readonly<Record<string, number>>;
}

type Fields = Readonly<Record<string, string>>;

const ENTITIES: Fields = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** How the fields of a text reach it, by path. */
const READERS: Readonly<Record<string, (request: GatewayRequest) => Fields>> = {
  '/json': ({ body }) => JSON.parse(body) as Fields,
  '/form': ({ body }) => Object.fromEntries(new URLSearchParams(body)),
  '/query': ({ query }) => Object.fromEntries(query),
  '/xml': ({ body }) => {
    const plain = (text: string) =>
      text.replace(/&(\w+);/g, (_, entity: string) => ENTITIES[entity]!);
    const fields = [...body.matchAll(/<(\w+)>([^<>]*)<\/\1>/g)];
    return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, plain(value)]));
  },
};

/**
 * A gateway that nobody has heard of: a text comes as JSON, form, query or XML, and it says no by
 * codes of its own.
 */
export class FakeHttpGateway extends FakeGateway {
  constructor(private readonly options: FakeHttpGatewayOptions) {
    super();
  }

  protected override answerTo(request: GatewayRequest): Answer {
    return { ...this.route(request), headers: { Date: this.options.now().toUTCString() } };
  }

  private route(request: GatewayRequest): Answer {
    if (request.method === 'OPTIONS') return { status: 204, body: '' };
    const read = READERS[request.path];
    if (!read) return { status: 404, body: '<h1>Not Found</h1>' };
    if (request.headers.authorization !== `Bearer ${this.options.key}`)
      return { status: 401, body: { ok: false } };
    return this.take(read(request));
  }

  private take({ to = '', text = '' }: Fields): Answer {
    const number = `+${to}`.replace('++', '+');
    const code = this.options.refusals?.[number] ?? (text === '' ? 1 : undefined);
    if (code !== undefined) return { status: 200, body: { ok: false, error: { code } } };
    this.messages.push({ to: number, channel: 'sms', text });
    return { status: 200, body: { ok: true, messages: [{ id: randomUUID() }] } };
  }
}
