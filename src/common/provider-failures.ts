import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/**
 * A request to a provider that came to nothing: at which host, and how, e.g. `ECONNREFUSED` or
 * `http_503`.
 */
export interface ProviderFailure {
  host: string;
  code: string;
}

const CHANNEL = 'ringback:provider-failures';

/** Where these are told. Whoever listens is never known to whoever asks a provider. */
export const providerFailures = {
  publish: (failure: ProviderFailure): void => channel(CHANNEL).publish(failure),
  /** Gives what ends it. */
  listen: (listener: (failure: ProviderFailure) => void): (() => void) => {
    const hear = (failure: unknown) => listener(failure as ProviderFailure);
    subscribe(CHANNEL, hear);
    return () => void unsubscribe(CHANNEL, hear);
  },
};
