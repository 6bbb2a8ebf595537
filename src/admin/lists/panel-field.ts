import { BaseProperty, type PropertyType, type ResourceOptions } from 'adminjs';

export interface ListRow {
  id: number | string;
}

type Place = 'list' | 'show' | 'edit' | 'filter';

/**
 * One property of a list as the panel shows it. What is not in `edit` is read-only, on the server
 * too.
 */
export interface PanelField<Row = ListRow> {
  in: readonly Place[];
  type?: PropertyType;
  isId?: boolean;
  isTitle?: boolean;
  isSortable?: boolean;
  /** Another list, by id. */
  reference?: string;
  isArray?: boolean;
  /** A list to choose from. */
  values?: readonly string[];
  /** Stored in capitals: a filter asks for it so, however it was typed. */
  isUpperCase?: boolean;
  /** What staff see, where that is not the row's property of this name. */
  shown?(row: Row): unknown;
  /** The property that the form sets by it, where that is not the one of this name. */
  sets?: string;
  /** A hint beside the label. */
  about?: string;
  /** A part of our own that the form shows it by (static/components.js). */
  component?: string;
}

/** By name, in the order in which they are shown. */
export type PanelFields<Row = ListRow> = Readonly<Record<string, PanelField<Row>>>;

/** `userId` of `user_id`. */
export const propertyOf = (name: string): string =>
  name.replace(/_(.)/g, (_sign, letter: string) => letter.toUpperCase());

export class PanelProperty extends BaseProperty {
  constructor(
    name: string,
    private readonly field: PanelField,
    position: number,
  ) {
    const { type, isId = false, isSortable = false, reference } = field;
    super({
      path: name,
      type: reference === undefined ? (type ?? 'string') : 'reference',
      isId,
      isSortable,
      position,
    });
  }

  override isTitle(): boolean {
    return this.field.isTitle ?? false;
  }

  override isEditable(): boolean {
    return this.field.in.includes('edit');
  }

  override reference(): string | null {
    return this.field.reference ?? null;
  }

  override availableValues(): string[] | null {
    return this.field.values ? [...this.field.values] : null;
  }

  override isArray(): boolean {
    return this.field.isArray ?? false;
  }
}

/** Where AdminJS shows each field, in the fields' order. */
export function placesOf(fields: PanelFields): ResourceOptions {
  const entries = Object.entries(fields);
  const named = (place: Place) =>
    entries.filter(([, field]) => field.in.includes(place)).map(([name]) => name);
  return {
    listProperties: named('list'),
    showProperties: named('show'),
    editProperties: named('edit'),
    filterProperties: named('filter'),
    properties: Object.fromEntries(
      entries.map(([name, { in: places, about, component }]) => [
        name,
        {
          isVisible: {
            list: places.includes('list'),
            show: places.includes('show'),
            edit: places.includes('edit'),
            filter: places.includes('filter'),
          },
          ...(about ? { description: about } : {}),
          ...(component ? { components: { edit: component } } : {}),
        },
      ]),
    ),
  };
}
