import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { MessagingModule } from '../messaging/messaging.module.js';
import { PhoneVerificationModule } from '../phone-verification/phone-verification.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { UsersModule } from '../users/users.module.js';
import { auditList } from './lists/audit.list.js';
import { challengesList } from './lists/challenges.list.js';
import { deliveryList } from './lists/delivery.list.js';
import { groupsList } from './lists/groups.list.js';
import { limitsList } from './lists/limits.list.js';
import { messagesList } from './lists/messages.list.js';
import type { PanelList } from './lists/panel-list.js';
import { sessionsList } from './lists/sessions.list.js';
import { usersList } from './lists/users.list.js';

/** As the menu shows them. */
const LISTS = [
  usersList,
  groupsList,
  sessionsList,
  challengesList,
  messagesList,
  deliveryList,
  limitsList,
  auditList,
];

export const PANEL_LISTS = 'panel:lists';

/** What the panel shows. Loaded with AdminJS, when somebody needs it. */
@Module({
  imports: [
    AuthModule,
    StaffModule,
    UsersModule,
    MessagingModule,
    PhoneVerificationModule,
    AuditModule,
  ],
  providers: [
    ...LISTS,
    {
      provide: PANEL_LISTS,
      inject: LISTS.map(({ provide }) => provide),
      useFactory: (...lists: PanelList[]) => lists,
    },
  ],
})
export class PanelModule {}
