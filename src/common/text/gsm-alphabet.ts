/**
 * 3GPP TS 23.038, 6.2.1: the GSM 7 bit default alphabet in its own order; 0x1B, the escape, is no
 * character.
 */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅå' +
  'Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ' +
  ' !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§' +
  '¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** 3GPP TS 23.038, 6.2.1.1: the extension table; each costs an escape and itself. */
const EXTENSION = '\f^{}\\[~]|€';

const COSTS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((character) => [character, 1] as const),
  ...[...EXTENSION].map((character) => [character, 2] as const),
]);

/** What a text takes of one message. */
export interface Measure {
  length: number;
  /**
   * What one message holds, in the same unit: 160 of 7 bits (TS 23.038, 6.1.2.1), or 70 of 16 bits
   * (6.1.2.3).
   */
  limit: 160 | 70;
  /** The first character outside the GSM alphabet: one is enough to make a text UCS-2. */
  foreign?: string;
}

/**
 * Counts a text as the network does: by 7-bit characters when all are in the GSM alphabet, by
 * UTF-16 units otherwise.
 */
export function measureOf(text: string): Measure {
  let length = 0;
  for (const character of text) {
    const cost = COSTS.get(character);
    if (cost === undefined) return { length: text.length, limit: 70, foreign: character };
    length += cost;
  }
  return { length, limit: 160 };
}

/** Whether a text goes out as a single message. */
export function isOneMessage(text: string): boolean {
  const { length, limit } = measureOf(text);
  return length <= limit;
}
