import type { ParamsType, ResourceOptions } from 'adminjs';
import type { Slice } from '../../common/slice.js';
import type { Group } from '../../users/groups/group.entity.js';
import type { GroupInput } from '../../users/groups/group-form.js';
import type { GroupsService } from '../../users/groups/groups.service.js';
import { PERMISSIONS } from '../../users/groups/permissions.js';
import type { PanelServices } from '../panel-services.js';
import { isSuperuser } from '../visit.js';
import type { FilterValues } from './filter-values.js';
import { FormValues, type PanelForm } from './form-values.js';
import { confirmed, editAction, newAction, readOnly } from './panel-actions.js';
import type { PanelField } from './panel-field.js';
import { PanelResource } from './panel-resource.js';

const FIELDS: readonly PanelField[] = [
  { name: 'name', in: ['list', 'show', 'edit', 'filter'], isTitle: true, isSortable: true },
  { name: 'permissions', isArray: true, values: PERMISSIONS, in: ['list', 'show', 'edit'] },
  { name: 'id', type: 'number', in: ['show'], isId: true },
];

/** Groups of staff and what they may do. */
export class GroupsResource extends PanelResource<Group> {
  constructor(private readonly groups: GroupsService) {
    super('groups', 'groups.view', FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<Group[]> {
    return this.groups.page(values.text('name'), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.groups.count(values.text('name'));
  }

  protected override rows(ids: number[]): Promise<Group[]> {
    return this.groups.findMany(ids);
  }

  protected override paramsOf({ id, name, permissions }: Group): ParamsType {
    return { id, name, permissions };
  }
}

/** Superusers only. */
export function groupActions({
  staffGroups,
}: PanelServices): NonNullable<ResourceOptions['actions']> {
  return {
    ...readOnly('groups.view'),
    new: newAction(isSuperuser, ({ actor, client }, form) =>
      staffGroups.create(actor, inputOf(form), client),
    ),
    edit: editAction(isSuperuser, ({ actor, client }, id, form) =>
      staffGroups.edit(actor, id, inputOf(form), client),
    ),
    delete: {
      ...confirmed(
        isSuperuser,
        {
          question: 'Delete this group? Its members lose what it allows, and their sessions end.',
          button: 'Delete',
          icon: 'Trash2',
          notice: 'Deleted.',
        },
        ({ actor, client }, id) => staffGroups.remove(actor, id, client),
      ),
      isVisible: true,
      guard: '',
    },
  };
}

function inputOf(form: PanelForm): GroupInput {
  const values = new FormValues(form, ['name', 'permissions']);
  return { name: values.text('name') ?? '', permissions: values.list('permissions') ?? [] };
}
