import type { FactoryProvider } from '@nestjs/common';
import { LimitDecisions, type ListedDecision } from '../../messaging/limits/limit-decisions.js';
import { lowConversion } from '../../messaging/limits/send-rules.js';
import { StaffLimitsService } from '../../staff/staff-limits.service.js';
import { isSuperuser } from '../visit.js';
import { confirmed } from './panel-actions.js';
import type { PanelList } from './panel-list.js';

/** Decisions of the limits on messages in the last 30 days. */
export const limitsList: FactoryProvider<PanelList<ListedDecision>> = {
  provide: 'panel:limits',
  inject: [LimitDecisions, StaffLimitsService],
  useFactory: (rows: LimitDecisions, limits: StaffLimitsService) => ({
    id: 'limits',
    title: 'Limits',
    about: 'Which limit refused what, or would have.',
    icon: 'Slash',
    view: 'limits.view',
    fields: {
      last_at: { type: 'datetime', in: ['list', 'show'] },
      limit: { in: ['list', 'show', 'filter'] },
      subject: {
        in: ['list', 'show', 'filter'],
        about: 'A country, a block, a network, an account or a number.',
      },
      purpose: { in: ['list', 'show', 'filter'] },
      count: { type: 'number', in: ['list', 'show'], about: 'How often within the hour.' },
      held: {
        type: 'boolean',
        in: ['list', 'show', 'filter'],
        about: 'No: the limit was only recorded, and refused nothing.',
      },
      until: { type: 'datetime', in: ['list', 'show'] },
      first_at: { type: 'datetime', in: ['show'] },
      id: { type: 'number', in: ['show'], isId: true, isTitle: true },
    },
    rows,
    actions: {
      lift: confirmed(
        (context) =>
          isSuperuser(context) &&
          (!context.record || context.record.get('limit') === lowConversion.name),
        {
          question:
            'Let this country or block of numbers register again at once? Counting begins anew.',
          button: 'End the rest',
          icon: 'Play',
          notice: 'Registrations go on.',
        },
        ({ actor, client }, id) => limits.lift(actor, id, client),
      ),
    },
  }),
};
