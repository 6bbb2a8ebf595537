import type { Attack } from './attack.js';
import { crossSite } from './cross-site.attack.js';
import { enumerationByAnswer } from './enumeration-by-answer.attack.js';
import { enumerationByTime } from './enumeration-by-time.attack.js';
import { fixation } from './fixation.attack.js';
import { forcedPassword } from './forced-password.attack.js';
import { growingWork } from './growing-work.attack.js';
import { guardedRoutes } from './guarded-routes.attack.js';
import { guessing } from './guessing.attack.js';
import { headerSpoofing } from './header-spoofing.attack.js';
import { massAssignment } from './mass-assignment.attack.js';
import { openRedirect } from './open-redirect.attack.js';
import { passwordGuessing } from './password-guessing.attack.js';
import { passwordSpraying } from './password-spraying.attack.js';
import { pumpingByAddress } from './pumping-by-address.attack.js';
import { pumpingByPrefix } from './pumping-by-prefix.attack.js';
import { racingCodes } from './racing-codes.attack.js';
import { racingRegistrations } from './racing-registrations.attack.js';
import { replay } from './replay.attack.js';
import { securityHeaders } from './security-headers.attack.js';
import { twoFactor } from './two-factor.attack.js';
import { typeConfusion } from './type-confusion.attack.js';
import { verboseErrors } from './verbose-errors.attack.js';

/**
 * In the order they are run: those that cost the target nothing first, then those that need
 * accounts, at last those that use up what an address may have. So none takes away what another one
 * needs.
 */
export const ATTACKS: readonly Attack[] = [
  securityHeaders,
  verboseErrors,
  guardedRoutes,
  headerSpoofing,
  typeConfusion,
  growingWork,
  massAssignment,
  crossSite,
  openRedirect,
  replay,
  fixation,
  racingCodes,
  twoFactor,
  guessing,
  forcedPassword,
  racingRegistrations,
  passwordGuessing,
  enumerationByTime,
  enumerationByAnswer,
  passwordSpraying,
  pumpingByPrefix,
  pumpingByAddress,
];
