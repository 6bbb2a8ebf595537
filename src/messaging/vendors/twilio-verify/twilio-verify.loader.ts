import type * as Client from './twilio-verify.client.js';

/**
 * Twilio's client takes about 25 ms to load: it is loaded shortly after a start that wants it, or
 * when it is first needed.
 */
export const loadTwilio = (): Promise<typeof Client> => import('./twilio-verify.client.js');
