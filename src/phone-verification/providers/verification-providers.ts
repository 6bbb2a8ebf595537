import type { Clock } from '../../common/clock.js';
import { countryOf } from '../../common/phone/phone-number.js';
import { SIX_DIGITS, type CodeLength } from '../../common/text/typed-code.js';
import type { Challenge, Channel } from '../challenge.entity.js';
import type { Senders } from '../../messaging/senders.js';
import { CircuitBreaker } from '../../messaging/vendors/circuit-breaker.js';
import type { VerificationProvider } from './verification-provider.js';

export interface Candidate {
  provider: VerificationProvider;
  breaker: CircuitBreaker;
}

const ANY_LENGTH: CodeLength = { least: 4, most: 10 };

/** Names of providers for a country (null: none known), in the order they are asked. */
type Route = (country: string | null) => readonly string[];

interface Options {
  /** Serves the numbers it knows, before any route. */
  testing?: VerificationProvider & { serves: (phoneNumber: string) => boolean };
  /** Those that the operator wants. */
  channels?: readonly Channel[];
  senders?: Senders;
}

/** All providers there are, and whom to ask for a number. */
export class VerificationProviders {
  private readonly candidates: ReadonlyMap<string, Candidate>;

  private readonly testing: Options['testing'];
  private readonly channels: readonly Channel[];

  constructor(
    providers: readonly VerificationProvider[],
    private readonly route: Route,
    clock: Clock,
    { testing, channels = ['sms', 'call'], senders }: Options = {},
  ) {
    this.testing = testing;
    this.channels = channels;
    const all = testing ? [...providers, testing] : providers;
    // A sender is ill for codes and notices alike.
    const breakerOf = (name: string) => senders?.named(name)?.breaker ?? new CircuitBreaker(clock);
    this.candidates = new Map(
      all.map((provider) => [provider.name, { provider, breaker: breakerOf(provider.name) }]),
    );
  }

  /**
   * Whom to ask for a message, in order: the route of the number's country; for a code that
   * somebody holds already, its holder first, in the route or not any more.
   */
  candidatesFor(
    { phoneNumber, provider: holder }: Pick<Challenge, 'phoneNumber' | 'provider'>,
    isHeld: boolean,
  ): Candidate[] {
    const named = this.routeOf(phoneNumber).flatMap((name) => this.candidates.get(name) ?? []);
    if (!isHeld) return named;
    const ofHolder = ({ provider }: Candidate) => provider.holder === holder;
    const held = named.some(ofHolder)
      ? named.filter(ofHolder)
      : [...this.candidates.values()].filter(ofHolder);
    return [...held, ...named.filter((candidate) => !ofHolder(candidate))];
  }

  /** Who would hold the code of a new challenge for this number. */
  firstHolder(phoneNumber: string): string {
    const [first] = this.routeOf(phoneNumber);
    const holder = first === undefined ? undefined : this.candidates.get(first)?.provider.holder;
    if (holder === undefined) throw new Error('A route names a provider that is not set up.');
    return holder;
  }

  /** How a message could reach this number. */
  channelsFor(phoneNumber: string): ReadonlySet<Channel> {
    const named = this.routeOf(phoneNumber).flatMap((name) => this.candidates.get(name) ?? []);
    return new Set(
      this.channels.filter((channel) =>
        named.some((candidate) => this.canBring(candidate, channel)),
      ),
    );
  }

  /** Whether that provider has the channel, and the operator wants it. */
  canBring({ provider }: Candidate, channel: Channel): boolean {
    return this.channels.includes(channel) && provider.channels.includes(channel);
  }

  /** Who can check a code that this holder keeps; undefined when it is not set up any more. */
  holding(holder: string): VerificationProvider | undefined {
    return this.all().find((provider) => provider.holder === holder);
  }

  /**
   * How many digits the codes have that this holder keeps; of one that is not set up any more, as
   * any provider's.
   */
  codeLengthOf(holder: string): CodeLength {
    const provider = this.holding(holder);
    return provider ? (provider.codeLength ?? SIX_DIGITS) : ANY_LENGTH;
  }

  named(name: string): VerificationProvider | undefined {
    return this.candidates.get(name)?.provider;
  }

  all(): VerificationProvider[] {
    return [...this.candidates.values()].map(({ provider }) => provider);
  }

  private routeOf(phoneNumber: string): readonly string[] {
    return this.testing?.serves(phoneNumber)
      ? [this.testing.name]
      : this.route(countryOf(phoneNumber) ?? null);
  }
}
