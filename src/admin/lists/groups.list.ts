import type { FactoryProvider } from '@nestjs/common';
import { StaffGroupsService } from '../../staff/staff-groups.service.js';
import type { Group } from '../../users/groups/group.entity.js';
import type { GroupInput } from '../../users/groups/group-form.js';
import { GroupsService } from '../../users/groups/groups.service.js';
import { PERMISSIONS } from '../../users/groups/permissions.js';
import { isSuperuser } from '../visit.js';
import { formValues } from './form-values.js';
import { deletion, editAction, newAction } from './panel-actions.js';
import type { PanelFields } from './panel-field.js';
import type { PanelList } from './panel-list.js';

const FIELDS: PanelFields<Group> = {
  name: { in: ['list', 'show', 'edit', 'filter'], isTitle: true, isSortable: true },
  permissions: { isArray: true, values: PERMISSIONS, in: ['list', 'show', 'edit'] },
  id: { type: 'number', in: ['show'], isId: true },
};

/** Groups of staff and what they may do; superusers change them. */
export const groupsList: FactoryProvider<PanelList<Group>> = {
  provide: 'panel:groups',
  inject: [GroupsService, StaffGroupsService],
  useFactory: (rows: GroupsService, groups: StaffGroupsService) => ({
    id: 'groups',
    title: 'Groups',
    about: 'What staff may do.',
    icon: 'Shield',
    view: 'groups.view',
    fields: FIELDS,
    rows,
    actions: {
      new: newAction(isSuperuser, ({ actor, client }, form) =>
        groups.create(actor, { ...NO_GROUP, ...formValues<GroupInput>(form, FIELDS) }, client),
      ),
      edit: editAction(isSuperuser, ({ actor, client }, id, form) =>
        groups.edit(actor, id, { ...NO_GROUP, ...formValues<GroupInput>(form, FIELDS) }, client),
      ),
      delete: deletion(
        isSuperuser,
        'Delete this group? Its members lose what it allows, and their sessions end.',
        ({ actor, client }, id) => groups.remove(actor, id, client),
      ),
    },
  }),
};

const NO_GROUP: GroupInput = { name: '', permissions: [] };
