import type { FactoryProvider } from '@nestjs/common';
import { SessionDirectory, type ListedSession } from '../../auth/sessions/session-directory.js';
import { StaffSupportService } from '../../staff/staff-support.service.js';
import { confirmed, needs } from './panel-actions.js';
import type { PanelList } from './panel-list.js';

/** Logged-in browsers and API clients. */
export const sessionsList: FactoryProvider<PanelList<ListedSession>> = {
  provide: 'panel:sessions',
  inject: [SessionDirectory, StaffSupportService],
  useFactory: (rows: SessionDirectory, support: StaffSupportService) => ({
    id: 'sessions',
    title: 'Sessions',
    about: 'Who is logged in, from where.',
    icon: 'Monitor',
    view: 'sessions.view',
    fields: {
      user_id: { reference: 'users', in: ['list', 'show', 'filter'] },
      methods: { in: ['list', 'show'], shown: ({ methods }) => methods.join(', ') },
      address: { in: ['list', 'show'] },
      agent: { in: ['list', 'show'] },
      created_at: { type: 'datetime', in: ['list', 'show'] },
      last_seen_at: { type: 'datetime', in: ['list', 'show'] },
      expires_at: { type: 'datetime', in: ['list', 'show'] },
      id: { type: 'number', in: ['show'], isId: true, isTitle: true },
    },
    rows,
    actions: {
      endSession: confirmed(
        needs('sessions.end'),
        {
          question: 'End this session? The person who uses it has to log in again.',
          button: 'End it',
          icon: 'LogOut',
          notice: 'Ended.',
        },
        ({ actor, client }, id) => support.endSession(actor, id, client),
      ),
    },
  }),
};
