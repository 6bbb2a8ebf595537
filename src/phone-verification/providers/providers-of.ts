import type { AccountEvents } from '../../common/account-events.js';
import type { Clock } from '../../common/clock.js';
import type { KeyRing } from '../../config/keys/key-ring.js';
import type { Settings } from '../../config/settings.js';
import { routeFor } from '../../config/verification-routes.js';
import { alarm, type Senders } from '../../messaging/senders.js';
import { NoSender } from '../../messaging/vendors/sms-sender.js';
import { PROVIDERS } from './providers.js';
import { SelfProvider } from './self.provider.js';
import { TestNumbersProvider } from './test-numbers.provider.js';
import { VerificationProviders } from './verification-providers.js';

/**
 * Every provider whose account is given, on the routes of VERIFICATION_PROVIDER. Whatever these
 * are, codes made here can be checked: they may have gone out under other settings. What only an
 * operator can mend goes to the log and to the numbers.
 */
export async function providersOf(
  settings: Settings,
  keys: KeyRing,
  clock: Clock,
  senders: Senders,
  events: AccountEvents,
): Promise<VerificationProviders> {
  const { gateways, routes, channels, publicUrl, messageTemplates: templates } = settings;
  const services = await Promise.all(
    PROVIDERS.filter(({ name }) => settings.providers.includes(name)).map((one) =>
      one.open(gateways, { clock, log: alarm(events, one.name) }),
    ),
  );
  const ourselves = senders
    .all()
    .map((sender) => new SelfProvider({ keys, sender, publicUrl, templates }));
  const checking = new SelfProvider({ keys, sender: new NoSender(), publicUrl });
  return new VerificationProviders(
    [...services, ...ourselves, checking],
    (country) => routeFor(routes, country),
    clock,
    { testing: new TestNumbersProvider(settings.testNumbers, clock), channels, senders },
  );
}
