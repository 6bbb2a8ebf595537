/** What a proof is asked for. */
export const PURPOSES = ['register', 'login', 'enable_two_factor', 'disable_two_factor'] as const;

export type Purpose = (typeof PURPOSES)[number];
