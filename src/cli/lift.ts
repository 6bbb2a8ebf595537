import { isIP } from 'node:net';
import { CredentialsService } from '../auth/credentials.service.js';
import { AccountEvents } from '../common/account-events.js';
import { LOCAL_CLIENT } from '../common/net/client-info.js';
import { networkOf } from '../common/net/ip-address.js';
import { isCountry } from '../common/phone/numbering-plan.js';
import { Conversions } from '../messaging/limits/conversions.js';
import { ChallengesService } from '../phone-verification/challenges.service.js';
import { withServices, type Surroundings } from './command.js';
import { CommandRefusal } from './command-refusal.js';

const WHAT =
  'Name a country by two capital letters, a block of numbers such as +1415555, or an IP address.';

/**
 * Ends the rest of a country or of a block of numbers whose codes hardly anybody typed in, or the
 * waits of the network that an address belongs to.
 */
export function lift(surroundings: Surroundings, what: string): Promise<void> {
  if (isIP(what) !== 0) return liftNetwork(surroundings, what);
  if (!isCountry(what) && !/^\+[1-9]\d{2,10}$/.test(what)) throw new CommandRefusal(WHAT);
  return withServices(surroundings, async (services) => {
    const isLifted = await services.get(Conversions).lift(what, { client: LOCAL_CLIENT });
    if (!isLifted) throw new CommandRefusal('Nothing rests under that name.');
    surroundings.io.output.write(`Registrations go on: ${what}\n`);
  });
}

function liftNetwork(surroundings: Surroundings, address: string): Promise<void> {
  return withServices(surroundings, async (services) => {
    await services.get(ChallengesService).unlockNetwork(address);
    await services.get(CredentialsService).unlockNetwork(address);
    const client = { ...LOCAL_CLIENT, address };
    services
      .get(AccountEvents)
      .emit({ name: 'limit.lifted', userId: null, client, details: { limit: 'network' } });
    surroundings.io.output.write(`Counted anew: ${networkOf(address)}\n`);
  });
}
