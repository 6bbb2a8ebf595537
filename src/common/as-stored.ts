/**
 * Whether a field came back as it is stored, so that nothing of it is to be checked: it was taken
 * once, whatever the rules are now. Forms write line ends their own way, and half a character as
 * U+FFFD.
 */
export const isAsStored = (typed: string, stored: string): boolean =>
  typed === stored || (typed.length <= 2 * stored.length && asSent(typed) === asSent(stored));

const asSent = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\p{Cs}/gu, '\ufffd');
