import { Accounts1795000000001 } from './0001-accounts.js';
import { Proofs1795000000002 } from './0002-proofs.js';
import { Messages1795000000003 } from './0003-messages.js';
import { MessageChallenges1795000000004 } from './0004-message-challenges.js';

/** In order. A published migration is never edited; a new one joins the list. */
export const migrations = [Accounts1795000000001, Proofs1795000000002, Messages1795000000003, MessageChallenges1795000000004];
