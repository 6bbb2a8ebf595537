/** Ways by which a code reaches a phone, in the order they are offered. */
export const CHANNELS = ['sms', 'call', 'whatsapp'] as const;

export type Channel = (typeof CHANNELS)[number];
