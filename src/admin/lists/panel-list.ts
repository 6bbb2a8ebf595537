import type { Action, ActionResponse, ResourceOptions } from 'adminjs';
import type { Slice } from '../../common/slice.js';
import type { Permission } from '../../users/groups/permissions.js';
import type { ListRow, PanelFields } from './panel-field.js';

export type PanelAction = Partial<Action<ActionResponse>>;

/** Where a list's rows come from. `wanted` has the filters that were given, by their properties. */
export interface Rows<Row> {
  page(wanted: object, part: Slice): Promise<Row[]>;
  count(wanted: object): Promise<number>;
  /** Missing: the rows are no records, there is a list to read and nothing to open. */
  findMany?(ids: readonly number[]): Promise<Row[]>;
}

/** One entry of the panel's menu: what may be seen of which rows, and what staff may do there. */
export interface PanelList<Row extends ListRow = ListRow> {
  id: string;
  title: string;
  about: string;
  icon: string;
  /** The right to look, whichever action looks. */
  view: Permission;
  fields: PanelFields<Row>;
  rows: Rows<Row>;
  actions?: Readonly<Record<string, PanelAction>>;
  sort?: NonNullable<ResourceOptions['sort']>;
}
