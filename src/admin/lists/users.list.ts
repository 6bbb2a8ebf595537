import type { FactoryProvider } from '@nestjs/common';
import { StaffAccountsService } from '../../staff/staff-accounts.service.js';
import { StaffNumbersService } from '../../staff/staff-numbers.service.js';
import { StaffSupportService } from '../../staff/staff-support.service.js';
import { GroupsService } from '../../users/groups/groups.service.js';
import type { ShownUser } from '../../users/user-columns.js';
import { UserDirectory } from '../../users/user-directory.js';
import type { PanelList } from './panel-list.js';
import { userActions } from './users.actions.js';
import { USER_FIELDS } from './users.fields.js';

type ListedUser = ShownUser & { groups: number[] };

/** Accounts with their groups; numbers masked. */
export const usersList: FactoryProvider<PanelList<ListedUser>> = {
  provide: 'panel:users',
  inject: [
    UserDirectory,
    GroupsService,
    StaffAccountsService,
    StaffNumbersService,
    StaffSupportService,
  ],
  useFactory: (
    users: UserDirectory,
    groups: GroupsService,
    accounts: StaffAccountsService,
    numbers: StaffNumbersService,
    support: StaffSupportService,
  ) => {
    const withGroups = async (found: ShownUser[]): Promise<ListedUser[]> => {
      const ids = await groups.groupIdsOf(found.map(({ id }) => id));
      return found.map((user) => ({ ...user, groups: ids.get(user.id) ?? [] }));
    };
    return {
      id: 'users',
      title: 'Users',
      about: 'Find an account, help, deactivate.',
      icon: 'Users',
      view: 'users.view',
      fields: USER_FIELDS,
      rows: {
        page: async (wanted, part) => withGroups(await users.page(wanted, part)),
        count: (wanted) => users.count(wanted),
        findMany: async (ids) => withGroups(await users.findMany(ids)),
      },
      actions: userActions({ accounts, numbers, support }),
      sort: { sortBy: 'username', direction: 'asc' },
    };
  },
};
