import { readSettings } from './config/read-settings.js';
import type { Variables } from './config/accounts.js';
import type { Settings } from './config/settings.js';
import { ACCOUNTS } from './phone-verification/providers/providers.js';

/** The settings of this house, with those of every provider and vendor it knows. */
export const loadSettings = (environment?: Variables, file?: string): Settings =>
  readSettings(ACCOUNTS, environment, file);
