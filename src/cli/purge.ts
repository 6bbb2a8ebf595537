import { AuditRetention } from '../audit/audit-retention.service.js';
import { PurgeService } from '../auth/purge.service.js';
import { withServices, type Surroundings } from './command.js';

/** Deletes what has expired, as the server does every few minutes. */
export function purge(surroundings: Surroundings): Promise<void> {
  return withServices(surroundings, async (services) => {
    const purged = await services.get(PurgeService).purge();
    const addresses = await services.get(AuditRetention).forgetAddresses();
    for (const [what, count] of Object.entries({ ...purged, 'audit addresses': addresses }))
      surroundings.io.output.write(`Purged ${what}: ${count}\n`);
  });
}
