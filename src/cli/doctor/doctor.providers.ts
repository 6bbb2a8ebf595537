import type { VerificationProvider } from '../../phone-verification/providers/verification-provider.js';
import type { Probe } from '../../messaging/vendors/sms-sender.js';
import type { Finding } from './doctor.finding.js';
import { inTime } from '../../common/net/in-time.js';

type Probed = Pick<VerificationProvider, 'name' | 'probe'>;

/**
 * Asks all providers at once, for `patience` milliseconds at most, whether they would serve us.
 * Sends nothing.
 */
export const askProviders = (providers: readonly Probed[], patience: number): Promise<Finding[]> =>
  Promise.all(
    providers.map(async (provider) => ({
      subject: provider.name,
      ...(await askProvider(provider, patience)),
    })),
  );

async function askProvider(provider: Probed, patience: number): Promise<Probe> {
  if (!provider.probe)
    return { isGood: true, sentence: 'It cannot be asked without sending: --send tries it.' };
  try {
    return (
      (await inTime(provider.probe(), patience)) ??
      bad(`It gave no answer in ${patience / 1000} seconds.`)
    );
  } catch (error) {
    // Not its message: that may hold an address with a key in it.
    return bad(`It could not be asked (${error instanceof Error ? error.name : typeof error}).`);
  }
}

const bad = (sentence: string): Probe => ({ isGood: false, sentence });
