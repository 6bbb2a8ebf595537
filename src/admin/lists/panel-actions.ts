import {
  ValidationError,
  type ActionContext,
  type ActionRequest,
  type BaseRecord,
  type RecordActionResponse,
} from 'adminjs';
import { AppError } from '../../common/errors/app-error.js';
import type { Permission } from '../../users/groups/permissions.js';
import { can, visitOf, type Visit } from '../visit.js';
import type { PanelForm } from './form-values.js';
import { panelError } from './panel-error.js';
import type { PanelAction, PanelList } from './panel-list.js';

export type Asks = (context: ActionContext) => boolean;

export const needs =
  (name: Permission): Asks =>
  (context) =>
    can(context, name);

/**
 * Every action AdminJS brings along: looking needs the permission, writing is closed until a list
 * opens it, and so are rows that are no records.
 */
export const readOnly = ({ view, rows }: PanelList): Record<string, PanelAction> => {
  const look = { isAccessible: needs(view) };
  const open = rows.findMany ? look : CLOSED;
  return {
    list: look,
    show: open,
    search: open,
    new: CLOSED,
    edit: CLOSED,
    delete: CLOSED,
    bulkDelete: CLOSED,
  };
};

const CLOSED: PanelAction = { isAccessible: false, isVisible: false };

/** The form for a new record. `create` stores it. */
export const newAction = (
  isAccessible: Asks,
  create: (visit: Visit, form: PanelForm) => Promise<unknown>,
): PanelAction => ({
  isAccessible,
  handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
    try {
      if (request.method !== 'post') throw new AppError('not_found');
      await create(visitOf(context), { sent: { ...request.payload }, held: {} });
    } catch (thrown) {
      throw panelError(thrown);
    }
    return {
      redirectUrl: listUrl(context),
      notice: { message: 'Created.', type: 'success' },
      record: blank(),
    };
  },
});

/**
 * The form for a record that is there. `edit` stores it; what was typed comes back to the page only
 * beside its errors, and never a password.
 */
export const editAction = (
  isAccessible: Asks,
  edit: (visit: Visit, id: number, form: PanelForm) => Promise<unknown>,
): PanelAction => ({
  isAccessible,
  handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
    if (request.method !== 'post') return { record: editable(context) };
    return done(
      context,
      (visit, id) =>
        edit(visit, id, { sent: { ...request.payload }, held: recordOf(context).params }),
      'Saved.',
    );
  },
});

/**
 * One question, one button. Only POST does it: AdminJS runs actions on GET too, and shows the
 * question with that.
 */
export const confirmed = (
  isAccessible: Asks,
  {
    question,
    button,
    icon,
    notice,
  }: { question: string; button: string; icon: string; notice: string },
  run: (visit: Visit, id: number) => Promise<unknown>,
): PanelAction => ({
  actionType: 'record',
  icon,
  component: 'Confirm',
  custom: { question, button },
  isAccessible,
  handler: async (request: ActionRequest, _response: unknown, context: ActionContext) => {
    if (request.method !== 'post')
      return { record: recordOf(context).toJSON(context.currentAdmin) };
    return done(context, run, notice);
  },
});

/** In the place of AdminJS' own, which would ask a second time and delete by itself. */
export const deletion = (
  isAccessible: Asks,
  question: string,
  run: (visit: Visit, id: number) => Promise<unknown>,
): PanelAction => ({
  ...confirmed(
    isAccessible,
    { question, button: 'Delete', icon: 'Trash2', notice: 'Deleted.' },
    run,
  ),
  isVisible: true,
  guard: '',
});

async function done(
  context: ActionContext,
  run: (visit: Visit, id: number) => Promise<unknown>,
  message: string,
): Promise<RecordActionResponse> {
  const record = recordOf(context);
  try {
    await run(visitOf(context), Number(record.id()));
  } catch (thrown) {
    const error = panelError(thrown);
    if (!(error instanceof ValidationError)) throw error;
    const { propertyErrors: errors, baseError } = error;
    return {
      record: { ...record.toJSON(context.currentAdmin), params: {}, errors, baseError },
      notice: { message: baseError?.message ?? '', type: 'error' },
    };
  }
  return {
    redirectUrl: listUrl(context),
    notice: { message, type: 'success' },
    record: record.toJSON(context.currentAdmin),
  };
}

function recordOf({ record }: ActionContext): BaseRecord {
  if (!record) throw panelError(new AppError('not_found'));
  return record;
}

/**
 * Only what the form edits: the page sends back all it is given, and a log-in meanwhile is no
 * reason to refuse.
 */
function editable(context: ActionContext): RecordActionResponse['record'] {
  const names = context.resource
    .decorate()
    .getProperties({ where: 'edit' })
    .map((property) => property.name());
  const { params, ...json } = recordOf(context).toJSON(context.currentAdmin);
  return {
    ...json,
    params: Object.fromEntries(
      Object.entries(params).filter(([name]) => names.includes(name.replace(/\.\d+$/, ''))),
    ),
  };
}

const listUrl = ({ h, resource }: ActionContext): string =>
  h.resourceUrl({ resourceId: resource.decorate().id() });

const blank = (): RecordActionResponse['record'] => ({
  params: {},
  populated: {},
  baseError: null,
  errors: {},
  id: '',
  title: '',
  recordActions: [],
  bulkActions: [],
});
