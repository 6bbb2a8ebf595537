import { z } from 'zod';
import { LOCALES } from '../../common/locale.js';
import { BY_BROWSER } from './language-card.js';

const absent = z.undefined().optional();

/** The dashboard's two forms, told apart by which field is there; no browser sends both. */
export const dashboardForm = z.union([
  z.object({ two_factor_auth: z.enum(['on', 'off']), locale: absent }),
  z.object({ locale: z.enum([BY_BROWSER, ...LOCALES]), two_factor_auth: absent }),
]);
