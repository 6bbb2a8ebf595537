import { z } from 'zod';

/** Messages a day to all numbers that begin so, for registrations; 0 refuses them. */
export interface PrefixLimit {
  /** `+` and the first digits, calling code included. */
  readonly prefix: string;
  readonly most: number;
}

const ENTRY = /^(\+[1-9]\d{0,13})=(\d{1,7})$/;

/** `+1264=20;+88213=0`. */
export const prefixLimits = z
  .string()
  .default('')
  .transform((text, context): readonly PrefixLimit[] => {
    const entries = text
      .split(';')
      .map((entry) => entry.trim())
      .filter(Boolean);
    const limits = entries.flatMap((entry) => {
      const [, prefix = '', most] = ENTRY.exec(entry) ?? [];
      return most === undefined ? [] : [{ prefix, most: Number(most) }];
    });
    const say = (message: string) => context.addIssue({ code: 'custom', message });
    if (limits.length < entries.length)
      say('must be +PREFIX=MESSAGES-A-DAY, separated by semicolons');
    if (new Set(limits.map(({ prefix }) => prefix)).size < limits.length)
      say('names a prefix twice');
    return limits;
  });
