import { BaseProperty, type PropertyType, type ResourceOptions } from 'adminjs';

type Place = 'list' | 'show' | 'edit' | 'filter';

/**
 * One property of a resource as the panel shows it. What is not in `edit` is read-only, on the
 * server too.
 */
export interface PanelField {
  name: string;
  in: readonly Place[];
  type?: PropertyType;
  isId?: boolean;
  isTitle?: boolean;
  isSortable?: boolean;
  /** Another resource, by id. */
  reference?: string;
  isArray?: boolean;
  /** A list to choose from. */
  values?: readonly string[];
  /** A hint beside the label. */
  about?: string;
  /** A part of our own that the form shows it by (static/components.js). */
  component?: string;
}

export class PanelProperty extends BaseProperty {
  constructor(
    private readonly field: PanelField,
    position: number,
  ) {
    const { name, type, isId = false, isSortable = false, reference } = field;
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
export function placesOf(fields: readonly PanelField[]): ResourceOptions {
  const named = (place: Place) =>
    fields.filter((field) => field.in.includes(place)).map(({ name }) => name);
  return {
    listProperties: named('list'),
    showProperties: named('show'),
    editProperties: named('edit'),
    filterProperties: named('filter'),
    properties: Object.fromEntries(
      fields.map((field) => [
        field.name,
        {
          isVisible: visibility(field),
          ...(field.about ? { description: field.about } : {}),
          ...(field.component ? { components: { edit: field.component } } : {}),
        },
      ]),
    ),
  };
}

const visibility = ({ in: places }: PanelField) => ({
  list: places.includes('list'),
  show: places.includes('show'),
  edit: places.includes('edit'),
  filter: places.includes('filter'),
});
