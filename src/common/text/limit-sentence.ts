type Full = 'number' | 'account' | 'session' | 'network' | 'block' | 'country' | 'today';

/**
 * By the beginning of a limit's name; what stands first counts. Limits of the day's messages and
 * money are all others.
 */
const FULL: readonly (readonly [string, Full])[] = [
  ['number-', 'number'],
  ['account-', 'account'],
  ['session-', 'session'],
  ['address-', 'network'],
  ['prefix-', 'block'],
  ['foreign-prefix-', 'block'],
  ['operator-prefix-', 'block'],
  ['low-conversion', 'block'],
  ['country-', 'country'],
  ['home-country-', 'country'],
];

const SENTENCES: Readonly<Record<Full, string>> = {
  number: 'to this number. A code that came before may still work.',
  account: 'by this account. A code that came before may still work.',
  session: 'here within ten minutes. A code that came before may still work.',
  network: 'from your network. Another one helps, such as mobile data.',
  block: 'to numbers like this one. Yours need not be wrong: wait, or use another number.',
  country: 'to numbers of this country today. Yours need not be wrong.',
  today: 'today, by everybody together. Nothing is wrong with your number.',
};

/**
 * What is full, in words for the person, and what helps meanwhile; null: the wait between two
 * messages. It tells what was asked for, never whether a number or an account is known
 * (docs/rules.md 6): those are counted whoever they belong to.
 */
export function limitSentence(limit: string | null): string {
  if (limit === null || limit === 'number-wait') return `${BEGINNING} ${A_MOMENT_AGO}`;
  const full = FULL.find(([beginning]) => limit.startsWith(beginning))?.[1] ?? 'today';
  return `${BEGINNING} ${SENTENCES[full]}`;
}

const A_MOMENT_AGO = 'to this number. The last one went out a moment ago and may still arrive.';
const BEGINNING = 'No message was sent: too many were asked for';
