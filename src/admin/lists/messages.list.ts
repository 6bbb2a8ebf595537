import type { FactoryProvider } from '@nestjs/common';
import { CHANNELS } from '../../common/channel.js';
import { MessageDirectory, type ListedMessage } from '../../messaging/message-directory.js';
import type { PanelList } from './panel-list.js';

const STATUSES: readonly ListedMessage['status'][] = [
  'queued',
  'sent',
  'delivered',
  'failed',
  'expired',
  'unknown',
];

/**
 * Messages that went out or were to: who carried them and what became of them, never what they said
 * or where they went.
 */
export const messagesList: FactoryProvider<PanelList<ListedMessage>> = {
  provide: 'panel:messages',
  inject: [MessageDirectory],
  useFactory: (rows: MessageDirectory) => ({
    id: 'messages',
    title: 'Messages',
    about: 'What became of each message with a code.',
    icon: 'Mail',
    view: 'messages.view',
    fields: {
      created_at: { type: 'datetime', in: ['list', 'show'] },
      user_id: { reference: 'users', in: ['list', 'show', 'filter'] },
      kind: { values: ['otp', 'notice'], in: ['list', 'show', 'filter'] },
      provider: { in: ['list', 'show', 'filter'] },
      channel: { values: CHANNELS, in: ['list', 'show', 'filter'] },
      country: { in: ['list', 'show', 'filter'], isUpperCase: true },
      status: { values: STATUSES, in: ['list', 'show', 'filter'] },
      reason: { in: ['list', 'show'] },
      confirmed_at: { type: 'datetime', in: ['list', 'show'] },
      updated_at: { type: 'datetime', in: ['show'] },
      segments: { type: 'number', in: ['show'] },
      gateway_id: { in: ['show'], about: 'For questions to the provider.' },
      id: { type: 'number', in: ['show'], isId: true, isTitle: true },
    },
    rows,
  }),
};
