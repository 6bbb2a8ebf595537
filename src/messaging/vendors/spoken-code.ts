/**
 * A code for a voice that does not know the text's language: its digits alone, one by one, twice.
 */
export function spokenCode(code: string): string {
  const digits = [...code].join(', ');
  return `${digits}. ${digits}.`;
}
