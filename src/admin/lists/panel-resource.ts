import {
  BaseRecord,
  BaseResource,
  type ActionContext,
  type Filter,
  type ParamsType,
} from 'adminjs';
import type { Slice } from '../../common/slice.js';
import type { Permission } from '../../users/groups/permissions.js';
import { can } from '../visit.js';
import { FilterValues, sliceOf, type PanelOptions } from './filter-values.js';
import { PanelProperty, type PanelField } from './panel-field.js';

/**
 * A resource over our services. It asks for the right to look, whichever action looks; what it
 * hands out is what `paramsOf` names and nothing else. AdminJS' own ways to write (create, update,
 * delete) stay unimplemented: actions call the services.
 */
export abstract class PanelResource<Row extends { id: number | string }> extends BaseResource {
  private readonly known: ReadonlyMap<string, PanelProperty>;

  constructor(
    private readonly name: string,
    readonly view: Permission,
    readonly fields: readonly PanelField[],
  ) {
    super(undefined);
    this.known = new Map(
      fields.map((field, position) => [field.name, new PanelProperty(field, position)]),
    );
  }

  protected abstract page(values: FilterValues, part: Slice): Promise<Row[]>;
  protected abstract total(values: FilterValues): Promise<number>;
  protected abstract rows(ids: number[]): Promise<Row[]>;
  /** What staff may see of a row. */
  protected abstract paramsOf(row: Row): ParamsType;

  override databaseName(): string {
    return 'Ringback';
  }

  override id(): string {
    return this.name;
  }

  override properties(): PanelProperty[] {
    return [...this.known.values()];
  }

  override property(path: string): PanelProperty | null {
    return this.known.get(path) ?? null;
  }

  override async count(filter: Filter, context: ActionContext): Promise<number> {
    return can(context, this.view) ? this.total(new FilterValues(filter)) : 0;
  }

  override async find(
    filter: Filter,
    options: PanelOptions,
    context: ActionContext,
  ): Promise<BaseRecord[]> {
    if (!can(context, this.view)) return [];
    return this.records(await this.page(new FilterValues(filter), sliceOf(options)));
  }

  override async findOne(id: string, context: ActionContext): Promise<BaseRecord | null> {
    const [record] = await this.findMany([id], context);
    return record ?? null;
  }

  override async findMany(
    ids: readonly (string | number)[],
    context: ActionContext,
  ): Promise<BaseRecord[]> {
    if (!can(context, this.view)) return [];
    const whole = ids
      .map(Number)
      .filter((id) => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31);
    return whole.length > 0 ? this.records(await this.rows(whole.slice(0, 500))) : [];
  }

  /** Rows become records; a resource that needs more for a page of rows reads it here at once. */
  protected records(rows: Row[]): BaseRecord[] | Promise<BaseRecord[]> {
    return rows.map((row) => new BaseRecord(this.paramsOf(row), this));
  }
}
