import { LOCAL_CLIENT } from '../common/client-info.js';
import { isCountry } from '../common/phone-metadata.js';
import { Conversions } from '../phone-verification/conversions.js';
import { withServices, type Surroundings } from './command.js';
import { Refusal } from './refusal.js';

/** Ends the rest of a country or of a block of numbers whose codes hardly anybody typed in. */
export function lift(surroundings: Surroundings, region: string): Promise<void> {
  if (!isCountry(region) && !/^\+[1-9]\d{2,10}$/.test(region))
    throw new Refusal('Name a country by two capital letters, or a block of numbers such as +1415555.');
  return withServices(surroundings, async (services) => {
    const isLifted = await services.get(Conversions).lift(region, { client: LOCAL_CLIENT });
    if (!isLifted) throw new Refusal('Nothing rests under that name.');
    surroundings.io.output.write(`Registrations go on: ${region}\n`);
  });
}
