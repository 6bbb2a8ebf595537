/** What one check found. */
export interface Finding {
  isGood: boolean;
  /** What was checked: a provider's name, a setting. */
  subject: string;
  /** Plain, without a secret. */
  sentence: string;
}

/** `ok self:twilio: Twilio accepts our credentials.` or `!! …` */
export const lineOf = ({ isGood, subject, sentence }: Finding): string =>
  `${isGood ? 'ok' : '!!'} ${subject}: ${sentence}`;
