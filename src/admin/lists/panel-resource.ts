import {
  BaseRecord,
  BaseResource,
  type ActionContext,
  type Filter,
  type ParamsType,
} from 'adminjs';
import { can } from '../visit.js';
import { sliceOf, wantedBy, type PanelOptions } from './filter-values.js';
import { PanelProperty, propertyOf, type ListRow } from './panel-field.js';
import type { PanelList } from './panel-list.js';

/**
 * A list as AdminJS asks it. It hands out what its fields name and nothing else. AdminJS' own ways
 * to write (create, update, delete) stay unimplemented: actions call the services.
 */
export class PanelResource extends BaseResource {
  private readonly known: ReadonlyMap<string, PanelProperty>;

  constructor(private readonly list: PanelList) {
    super(undefined);
    this.known = new Map(
      Object.entries(list.fields).map(([name, field], position) => [
        name,
        new PanelProperty(name, field, position),
      ]),
    );
  }

  override databaseName(): string {
    return 'Ringback';
  }

  override id(): string {
    return this.list.id;
  }

  override properties(): PanelProperty[] {
    return [...this.known.values()];
  }

  override property(path: string): PanelProperty | null {
    return this.known.get(path) ?? null;
  }

  override async count(filter: Filter, context: ActionContext): Promise<number> {
    return can(context, this.list.view) ? this.list.rows.count(this.wanted(filter)) : 0;
  }

  override async find(
    filter: Filter,
    options: PanelOptions,
    context: ActionContext,
  ): Promise<BaseRecord[]> {
    if (!can(context, this.list.view)) return [];
    return this.records(await this.list.rows.page(this.wanted(filter), sliceOf(options)));
  }

  override async findOne(id: string, context: ActionContext): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id], context);
    return record ?? null;
  }

  override async findMany(
    ids: readonly (string | number)[],
    context: ActionContext,
  ): Promise<BaseRecord[]> {
    if (!can(context, this.list.view)) return [];
    const whole = ids
      .map(Number)
      .filter((id) => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31);
    const rows = whole.length > 0 ? await this.list.rows.findMany?.(whole.slice(0, 500)) : [];
    return this.records(rows ?? []);
  }

  private wanted(filter: Filter): object {
    return wantedBy(filter, this.list.fields);
  }

  private records(rows: ListRow[]): BaseRecord[] {
    return rows.map((row) => new BaseRecord(this.paramsOf(row), this));
  }

  /** What staff may see of a row. */
  private paramsOf(row: ListRow): ParamsType {
    const shown = Object.entries(this.list.fields).filter(
      ([, field]) => field.isId || field.in.includes('list') || field.in.includes('show'),
    );
    const params: ParamsType = {};
    for (const [name, field] of shown)
      params[name] = field.shown ? field.shown(row) : row[propertyOf(name) as keyof ListRow];
    return params;
  }
}
