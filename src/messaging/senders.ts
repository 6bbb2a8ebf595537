import { Logger } from '@nestjs/common';
import type { AccountEvents } from '../common/account-events.js';
import type { Clock } from '../common/clock.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { countryOf } from '../common/phone/phone-number.js';
import type { Settings } from '../config/settings.js';
import { isTestNumber } from '../config/test-numbers.js';
import { routeFor } from '../config/verification-routes.js';
import { CircuitBreaker } from './vendors/circuit-breaker.js';
import type { SmsSender } from './vendors/sms-sender.js';
import { VENDORS } from './vendors/vendors.js';

/** A sender, as routes and messages name it (`self:twilio`), and whether it is left alone. */
export interface Carrier {
  name: string;
  sender: SmsSender;
  breaker: CircuitBreaker;
}

/** Names for a number, in the order they are asked; who makes codes elsewhere may be among them. */
type Route = (phoneNumber: string) => readonly string[];

/** Everybody who is set up to carry texts. */
export class Senders {
  private readonly carriers: ReadonlyMap<string, Carrier>;

  constructor(
    senders: readonly SmsSender[],
    private readonly route: Route,
    clock: Clock,
  ) {
    this.carriers = new Map(
      senders.map((sender) => {
        const name = nameOf(sender);
        return [name, { name, sender, breaker: new CircuitBreaker(clock) }];
      }),
    );
  }

  all(): SmsSender[] {
    return [...this.carriers.values()].map(({ sender }) => sender);
  }

  /** By the name of routes and messages: `self:twilio`. */
  named(name: string): Carrier | undefined {
    return this.carriers.get(name);
  }

  /** Who can bring this number a text in our own words. */
  textersFor(phoneNumber: string): Carrier[] {
    const named = this.route(phoneNumber).flatMap((name) => this.carriers.get(name) ?? []);
    return named.filter(({ sender }) => sender.carriesText);
  }
}

/** The senders whose account is given. A test number is brought nothing. */
export async function sendersOf(
  settings: Settings,
  clock: Clock,
  events: AccountEvents,
): Promise<Senders> {
  const { gateways, providers, routes, testNumbers } = settings;
  const senders = await Promise.all(
    VENDORS.filter(({ name }) => providers.includes(nameOf({ name }))).map((one) =>
      one.open(gateways, { clock, log: alarm(events, nameOf(one)) }),
    ),
  );
  const route: Route = (phoneNumber) =>
    isTestNumber(testNumbers, phoneNumber, clock.now())
      ? []
      : routeFor(routes, countryOf(phoneNumber) ?? null);
  return new Senders(senders, route, clock);
}

const nameOf = ({ name }: { name: string }): string => `self:${name}`;

const logger = new Logger('VerificationProvider');

/** Tells the log and the numbers what only an operator can mend. */
export const alarm =
  (events: AccountEvents, provider: string) =>
  (sentence: string): void => {
    logger.error(sentence);
    events.emit({
      name: 'provider.alarm-raised',
      userId: null,
      client: LOCAL_CLIENT,
      details: { provider },
    });
  };
