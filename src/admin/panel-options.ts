import type { AdminJSOptions, PageContext } from 'adminjs';
import { readOnly } from './lists/panel-actions.js';
import { placesOf } from './lists/panel-field.js';
import type { PanelList } from './lists/panel-list.js';
import { PanelResource } from './lists/panel-resource.js';
import { can } from './visit.js';

/** Everything AdminJS is told. */
export function panelOptions(lists: readonly PanelList[]): AdminJSOptions {
  return {
    rootPath: '/admin',
    loginPath: '/login/',
    logoutPath: '/logout/',
    branding: {
      companyName: 'Ringback',
      logo: false,
      withMadeWithLove: false,
      favicon: '/static/favicon.svg',
    },
    resources: lists.map(resourceOf),
    dashboard: {
      component: 'Dashboard',
      handler: (_request, _response, context) =>
        Promise.resolve({ lists: openLists(lists, context) }),
    },
    locale: {
      language: 'en',
      availableLanguages: ['en'],
      translations: {
        en: {
          labels: Object.fromEntries(lists.map(({ id, title }) => [id, title])),
          actions: ACTION_LABELS,
          properties: FIELD_LABELS,
          // AdminJS' own sentence shows its placeholders.
          messages: { forbiddenError: 'You may not do that, or there is nothing left to do.' },
        },
      },
    },
  };
}

const ACTION_LABELS = {
  deactivate: 'Deactivate',
  activate: 'Activate',
  turnTwoFactorOff: 'Turn second factor off',
  releaseNumber: 'Release number',
  unlock: 'Unlock',
  endSession: 'End session',
  lift: 'End the rest',
};

const FIELD_LABELS = {
  change_pw: 'Must change password',
  two_factor_auth: 'Second factor',
  is_active: 'Active',
  is_staff: 'Staff',
  is_superuser: 'Superuser',
  phone_number_verified: 'Verified',
  user_id: 'User',
  actor_id: 'Done by',
  gateway_id: 'Id at the provider',
  day: 'Day (UTC)',
  failed: 'Failed or refused',
};

function resourceOf(list: PanelList) {
  const { fields, icon, actions, sort } = list;
  return {
    resource: new PanelResource(list),
    options: {
      ...placesOf(fields),
      navigation: { name: null, icon },
      actions: { ...readOnly(list), ...actions },
      ...(sort ? { sort } : {}),
    },
  };
}

const openLists = (lists: readonly PanelList[], context: PageContext) =>
  lists
    .filter(({ view }) => can(context, view))
    .map(({ id, title, about }) => ({ id, title, about }));
