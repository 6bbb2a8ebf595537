const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;

/**
 * The zero of the digit's own number system, as a code point. Unicode lays decimal digits out in
 * ascending runs of ten (The Unicode Standard, 4.6), so walking back to the start of the run finds
 * it without a table.
 */
export function zeroOf(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0;
  let start = codePoint;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return codePoint - ((codePoint - start) % 10);
}

/**
 * The same text with the decimal digits of every script (Arabic-Indic, Persian, Devanagari, …)
 * written 0 to 9.
 */
export function toAsciiDigits(text: string): string {
  return text.replace(FOREIGN_DIGIT, (digit) =>
    String((digit.codePointAt(0) ?? 0) - zeroOf(digit)),
  );
}
