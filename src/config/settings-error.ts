/**
 * Refused settings: one sentence for each, to be printed together; the process ends with 78
 * (EX_CONFIG of sysexits.h).
 */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'SettingsError';
  }
}
