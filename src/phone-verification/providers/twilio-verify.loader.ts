/** Twilio's client takes about 25 ms to load: it is loaded shortly after a start that wants it, or when it is first needed. */
export const loadTwilio = (): Promise<typeof import('./twilio-verify.client.js')> => import('./twilio-verify.client.js');
