import { Accounts1795000000001 } from './0001-accounts.js';
import { Proofs1795000000002 } from './0002-proofs.js';
import { Messages1795000000003 } from './0003-messages.js';
import { MessageChallenges1795000000004 } from './0004-message-challenges.js';
import { Limits1795000000005 } from './0005-limits.js';
import { KnownDevices1795000000006 } from './0006-known-devices.js';
import { Notices1795000000007 } from './0007-notices.js';
import { ExpandIdempotentCalls1795000000008 } from './0008-idempotent-calls.js';
import { AnsweredMessages1795000000009 } from './0009-answered-messages.js';
import { NamesByLook1795000000010 } from './0010-names-by-look.js';
import { ExpandFreedNumbers1795000000011 } from './0011-freed-numbers.js';

/** In order. A published migration is never edited; a new one joins the list. */
export const migrations = [
  Accounts1795000000001,
  Proofs1795000000002,
  Messages1795000000003,
  MessageChallenges1795000000004,
  Limits1795000000005,
  KnownDevices1795000000006,
  Notices1795000000007,
  ExpandIdempotentCalls1795000000008,
  AnsweredMessages1795000000009,
  NamesByLook1795000000010,
  ExpandFreedNumbers1795000000011,
];
