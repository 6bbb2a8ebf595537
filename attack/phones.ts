import { randomInt } from 'node:crypto';
import type { Target } from './target.js';
import { Unjudged } from './verdict.js';

/** Where the attacker gets numbers that cost nobody anything, and reads what was sent to them. */
export interface Phones {
  /** For the report: `codes are read at /dev/inbox.json`. */
  readonly source: string;
  /**
   * Whether as many numbers may be used as one likes: not where each of them might get a paid
   * message.
   */
  readonly isEndless: boolean;
  /** A number not used before in this run. Throws Unjudged when there is none. */
  next(): string;
  /** The code of the newest message to a number; empty when there was none. */
  codeFor(phoneNumber: string): Promise<string>;
}

/**
 * Area codes of the United States. 555-0100 to -0199 is fictional in each of them: as many number
 * blocks that reach nobody.
 */
const AREA_CODES = (
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256 ' +
  '260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323 325 330 331 334 ' +
  '336 337 339 347 351 352 360 361 385 386'
).split(' ');

/** An instance of development: messages stay there, and are shown to its own machine. */
export class InboxPhones implements Phones {
  readonly source = 'codes are read at /dev/inbox.json';
  readonly isEndless = true;
  private readonly areas = shuffled(AREA_CODES);

  constructor(private readonly target: Target) {}

  next(): string {
    const area = this.areas.pop();
    if (area === undefined) throw new Unjudged('all fictional number blocks are used up');
    return `+1${area}55501${randomInt(10, 100)}`;
  }

  async codeFor(phoneNumber: string): Promise<string> {
    const path = `/dev/inbox.json?to=${encodeURIComponent(phoneNumber)}`;
    const { messages } = (await this.target.send({ method: 'GET', path })).json;
    const [newest] = Array.isArray(messages) ? (messages as { code?: unknown }[]) : [];
    return typeof newest?.code === 'string' ? newest.code : '';
  }
}

/** The instance's own TEST_NUMBERS: they get no message, and their codes stand in the settings. */
export class TestNumberPhones implements Phones {
  readonly source: string;
  readonly isEndless = false;
  private readonly left: string[];

  constructor(private readonly codes: ReadonlyMap<string, string>) {
    this.left = [...codes.keys()];
    this.source = `${codes.size} TEST_NUMBERS get the codes`;
  }

  next(): string {
    const number = this.left.shift();
    if (number === undefined)
      throw new Unjudged('needs more TEST_NUMBERS: all are used in this run');
    return number;
  }

  codeFor(phoneNumber: string): Promise<string> {
    return Promise.resolve(this.codes.get(phoneNumber) ?? '');
  }
}

/** A real sender and nothing else: no account is made, so that no message is paid for. */
export class NoPhones implements Phones {
  readonly source = 'no code can be read, so nothing is registered';
  readonly isEndless = false;

  next(): never {
    throw new Unjudged(
      'needs codes that cost nothing: set TEST_NUMBERS, or attack an instance with the local inbox',
    );
  }

  codeFor(): Promise<string> {
    return Promise.resolve('');
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  const drawn = items.map((item) => ({ item, place: randomInt(1_000_000) }));
  return drawn.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
