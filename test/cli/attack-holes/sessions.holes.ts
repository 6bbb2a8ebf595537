import { setTimeout as pause } from 'node:timers/promises';
import { SessionsRepository } from '../../../src/auth/sessions/sessions.repository.js';
import { HashQueue } from '../../../src/users/passwords/hash-queue.js';
import { PasswordHasher } from '../../../src/users/passwords/password-hasher.js';
import { replace, type Hole } from './hole.js';

/**
 * Tests hash at a cost that no clock sees: here a hash takes as many milliseconds more as one takes
 * in service.
 */
const OF_A_HASH = 100;

/** Log-ins, and what ends a session. */
export const SESSION_HOLES: readonly Hole[] = [
  {
    attack: 'replay',
    what: 'a log-out keeps the session',
    told: /A token still works after log-out/,
    dig: () => replace(SessionsRepository, 'end', () => Promise.resolve()),
  },
  {
    attack: 'fixation',
    what: 'sessions outlive a new password',
    told: /A token of before the new password still works/,
    dig: () => replace(SessionsRepository, 'endOthers', () => Promise.resolve()),
  },
  {
    attack: 'two-factor',
    what: 'sessions outlive a second factor',
    told: /A session of before two-factor was turned on still lives/,
    dig: () => replace(SessionsRepository, 'endOthers', () => Promise.resolve()),
  },
  {
    attack: 'enumeration-by-time',
    what: 'no hash is made for an unknown user',
    told: /Time tells who is known/,
    dig: () => {
      replace(HashQueue, 'run', (run) => pause(OF_A_HASH).then(run));
      replace(PasswordHasher, 'compareInVain', () => Promise.resolve(false));
    },
  },
];
