/**
 * One character of NFC or NFKC can have been typed as that many code units (Unicode FAQ,
 * "Normalization": the worst of NFD).
 */
const TYPED = 4;

/**
 * How many UTF-16 code units (`length`) a string from outside may have, by its kind: pages, API,
 * panel, command line, callbacks and headers alike. It holds before anything is computed from the
 * string, for normalising alone is quadratic in combining marks. What passes may still be longer
 * than its rule allows (130 characters of a username, say): the rule counts after normalising.
 */
export const TEXT_LIMITS = {
  /** 130 characters. */
  username: TYPED * 130,
  /** 130 characters. */
  fullName: TYPED * 130,
  /** 130 characters. */
  groupName: TYPED * 130,
  /** 128 characters. */
  password: TYPED * 128,
  /** 60 characters: a number as people write it, or a link to one. */
  phoneNumber: TYPED * 60,
  /** Digits with `+`, or two letters; with blanks. */
  countryCode: 20,
  /** A whole message pasted: the longest of our own has 160 characters. */
  code: 500,
  /**
   * hCaptcha's tokens are the longest: 2,000 to 4,000 characters by experience, without a promise.
   */
  botCheck: 16_384,
  /** The answer to a proof of work of ours, in base64: about 700 characters. */
  puzzle: 4096,
  /** The longest language tag that RFC 5646, 4.4.1 asks for. */
  locale: 35,
  /** `Accept-Language`: 32 such tags with their weights are more than anybody's wishes. */
  acceptLanguage: 32 * 50,
  /** `Origin`: a scheme, a host name of 253 characters (RFC 1035, 3.1) and a port. */
  origin: 300,
  /** `Host`: a host name of 253 characters and a port. */
  host: 260,
  /** `User-Agent`, as far as it is kept. */
  agent: 200,
  /** Where a log-in leads back to. */
  path: 500,
  /** A token of ours has 43 characters. */
  token: 200,
  /** `Authorization`: a scheme and a token. */
  authorization: 500,
  /** `Idempotency-Key`: a UUID has 36 characters. */
  idempotencyKey: 128,
  /** `X-Request-Id` of a proxy: a UUID has 36 characters. */
  requestId: 128,
  /** `traceparent`: 55 characters today. */
  trace: 200,
  /** Five tokens of devices, of 92 characters each. */
  devices: 500,
  /**
   * What a browser keeps of a registration that is to be corrected: JSON in base64, less than 2,000
   * for the longest names.
   */
  draft: 3000,
  /** A word of a signed token or of a gateway: an id, a status, a digest. */
  word: 500,
  /** One value of a form of the panel. */
  panelValue: 4096,
  /** One value of a filter of the panel: as long as the longest it is held against. */
  filter: TYPED * 130,
  /** A date with its time and zone. */
  date: 64,
  /** A gateway's callback, in bytes: the known ones send less than 3,000. */
  callback: 16_384,
  /** A line typed at a terminal. */
  line: 1000,
} as const;

export type TextKind = keyof typeof TEXT_LIMITS;

/** Whether a string is longer than its kind may be. Ask before computing anything from it. */
export const isTooLong = (text: string, kind: TextKind): boolean => text.length > TEXT_LIMITS[kind];

/**
 * One code unit more than the limit at most: what was too long still is, so the rule behind can say
 * it.
 */
export const clip = (text: string, kind: TextKind): string => text.slice(0, TEXT_LIMITS[kind] + 1);
