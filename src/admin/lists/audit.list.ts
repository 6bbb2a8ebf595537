import type { FactoryProvider } from '@nestjs/common';
import type { AuditEvent } from '../../audit/audit-event.entity.js';
import { AuditReader } from '../../audit/audit-reader.js';
import type { PanelList } from './panel-list.js';

/** What happened, and who did it. */
export const auditList: FactoryProvider<PanelList<AuditEvent>> = {
  provide: 'panel:audit',
  inject: [AuditReader],
  useFactory: (rows: AuditReader) => ({
    id: 'audit',
    title: 'Audit',
    about: 'What happened, and who did it.',
    icon: 'List',
    view: 'audit.view',
    fields: {
      at: { type: 'datetime', in: ['list', 'show', 'filter'] },
      name: { in: ['list', 'show', 'filter'], isTitle: true },
      user_id: { reference: 'users', in: ['list', 'show', 'filter'] },
      actor_id: { reference: 'users', in: ['list', 'show', 'filter'] },
      details: {
        in: ['list', 'show'],
        shown: ({ details }) =>
          Object.entries(details)
            .map(([word, value]) => `${word}: ${value}`)
            .join(', '),
      },
      address: { in: ['list', 'show'] },
      agent: { in: ['show'] },
      id: { type: 'number', in: ['show'], isId: true },
    },
    rows,
  }),
};
