import { z } from 'zod';

const HIGHEST_COUNT = 1_000_000;

/** Reads `name:count,name:count` in place of some of the defaults. */
export function namedCounts<Name extends string>(defaults: Readonly<Record<Name, number>>) {
  const names = Object.keys(defaults);
  const isRight = ([name = '', count = '', ...rest]: readonly string[]): boolean =>
    names.includes(name) && isCount(count) && rest.length === 0;
  return z
    .string()
    .default('')
    .transform((text, context): Readonly<Record<Name, number>> => {
      const named = text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean)
        .map((part) => part.split(':'));
      const wrong = named.find((part) => !isRight(part));
      if (wrong) {
        const message = `${wrong.join(':')} is none of ${names.join(', ')} with a number from 1 to ${HIGHEST_COUNT}`;
        context.addIssue({ code: 'custom', message });
        return defaults;
      }
      const twice = named.find(([name], at) => named.findIndex(([other]) => other === name) < at);
      if (twice) context.addIssue({ code: 'custom', message: `${twice[0]} is there twice` });
      return {
        ...defaults,
        ...Object.fromEntries(named.map(([name = '', count]) => [name, Number(count)])),
      };
    });
}

const isCount = (text: string): boolean =>
  /^[1-9]\d{0,6}$/.test(text) && Number(text) <= HIGHEST_COUNT;
