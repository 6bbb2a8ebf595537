import type { FactoryProvider } from '@nestjs/common';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import { PURPOSES } from '../../common/purpose.js';
import {
  ChallengeDirectory,
  type ListedChallenge,
} from '../../phone-verification/challenge-directory.js';
import type { PanelList } from './panel-list.js';

/** Proofs that are or were pending: what happened to a code that did not arrive, never the code. */
export const challengesList: FactoryProvider<PanelList<ListedChallenge>> = {
  provide: 'panel:challenges',
  inject: [ChallengeDirectory],
  useFactory: (rows: ChallengeDirectory) => ({
    id: 'challenges',
    title: 'Challenges',
    about: 'Codes on their way, and what became of them.',
    icon: 'MessageSquare',
    view: 'challenges.view',
    fields: {
      user_id: { reference: 'users', in: ['list', 'show', 'filter'] },
      purpose: { values: PURPOSES, in: ['list', 'show', 'filter'] },
      channel: { in: ['show'] },
      phone_number: {
        in: ['list', 'show'],
        shown: ({ phoneNumber }) => maskPhoneNumber(phoneNumber),
      },
      provider: { in: ['show'] },
      attempts_left: { type: 'number', in: ['list', 'show'] },
      sent_count: { type: 'number', in: ['list', 'show'] },
      sent_at: { type: 'datetime', in: ['list', 'show'] },
      resend_at: { type: 'datetime', in: ['show'] },
      notice: { in: ['show'] },
      created_at: { type: 'datetime', in: ['show'] },
      expires_at: { type: 'datetime', in: ['list', 'show'] },
      consumed_at: { type: 'datetime', in: ['list', 'show'] },
      canceled_at: { type: 'datetime', in: ['show'] },
      session_id: { type: 'number', in: ['show'] },
      id: { type: 'number', in: ['show'], isId: true, isTitle: true },
    },
    rows,
  }),
};
