import type { IncomingHttpHeaders } from 'node:http';
import { seconds } from '../src/common/clock.js';

/** One request, as it goes on the wire: the path is not normalised, the Host may be forged. */
export interface Ask {
  method: string;
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** What sends it. */
export interface Wire {
  send(ask: Ask): Promise<Answer>;
}

/** What came back for it. */
export class Answer {
  constructor(
    readonly ask: Ask,
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly text: string,
    /** From the first byte sent to the last one received. */
    readonly milliseconds: number,
  ) {}

  /** The JSON object of the body; empty for anything else. */
  get json(): Readonly<Record<string, unknown>> {
    try {
      const parsed: unknown = JSON.parse(this.text);
      return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
    } catch {
      return {};
    }
  }

  /** The refusal's name; empty where there is none. */
  get code(): string {
    const { code } = this.json;
    return typeof code === 'string' ? code : '';
  }

  get isSuccess(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** A limit stopped it: defended, whatever it was. */
  get isLimited(): boolean {
    return this.status === 429;
  }

  /** Milliseconds it asks to wait before the same again; 0 where it says nothing of it. */
  get retryAfter(): number {
    return seconds(Number(this.headers['retry-after'] ?? 0) || 0);
  }

  get location(): string {
    return this.headers.location ?? '';
  }

  get cookies(): readonly string[] {
    return this.headers['set-cookie'] ?? [];
  }

  /** `name=value` of the session cookie this answer sets; empty where it sets none. */
  get sessionCookie(): string {
    return (
      /^(?:__Host-)?session=[^;]+/.exec(
        this.cookies.find((cookie) => /^(?:__Host-)?session=[^;]/.test(cookie)) ?? '',
      )?.[0] ?? ''
    );
  }
}

const LONGEST_BODY = 300;

/**
 * A line for a shell that repeats a request. Secrets stand in it as names (`$TOKEN`): the reader
 * puts theirs.
 */
export function curlOf(
  origin: string,
  { method, path, headers = {}, body }: Ask,
  secrets: ReadonlyMap<string, string>,
): string {
  const shown = (text: string) =>
    quoted([...secrets].reduce((open, [secret, name]) => open.replaceAll(secret, name), text));
  const parts = ['curl', '-i', '--path-as-is', '-X', method, shown(`${origin}${path}`)];
  for (const [name, value] of Object.entries(headers)) parts.push('-H', shown(`${name}: ${value}`));
  if (body !== undefined && body.length > LONGEST_BODY)
    parts.push('-d', `'…' # ${body.length} bytes`);
  else if (body !== undefined && body !== '') parts.push('-d', shown(body));
  return parts.join(' ');
}

/** For a POSIX shell, and harmless for a terminal. */
const quoted = (text: string): string =>
  `'${text.replace(/[^\x20-\x7e]/g, '?').replaceAll("'", "'\\''")}'`;
