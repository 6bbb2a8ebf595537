import { z } from 'zod';

/**
 * What one network (an IPv4 address, an IPv6 /64) may do: requests a minute of any kind, those that change something, those that
 * log in, register, or confirm; and connections at the same time.
 */
export const REQUEST_LIMITS = {
  any: 1200, unsafe: 240, login: 60, registration: 30, confirmation: 60, connections: 500,
} as const;

export type RequestLimitName = keyof typeof REQUEST_LIMITS;
export type RequestLimitSettings = Readonly<Record<RequestLimitName, number>>;

const MOST = 1_000_000;

/** `any:1200,login:60`: those not named keep their default. */
export const requestLimits = z.string().default('').transform((text, context): RequestLimitSettings => {
  const named = text.split(',').map((part) => part.trim()).filter(Boolean).map((part) => part.split(':'));
  const wrong = named.find(([name = '', count = '', ...rest]) => !isLimit(name) || !isCount(count) || rest.length > 0);
  if (wrong) {
    const message = `${wrong.join(':')} is none of ${NAMES.join(', ')} with a number from 1 to ${MOST}`;
    context.addIssue({ code: 'custom', message });
    return REQUEST_LIMITS;
  }
  const twice = named.find(([name], at) => named.findIndex(([other]) => other === name) < at);
  if (twice) context.addIssue({ code: 'custom', message: `${twice[0]} is there twice` });
  const given: Partial<RequestLimitSettings> = Object.fromEntries(named.map(([name = '', count]) => [name, Number(count)]));
  return { ...REQUEST_LIMITS, ...given };
});

const NAMES = Object.keys(REQUEST_LIMITS);
const isLimit = (name: string): boolean => Object.hasOwn(REQUEST_LIMITS, name);
const isCount = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text) && Number(text) <= MOST;
