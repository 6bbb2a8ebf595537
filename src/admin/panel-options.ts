import type { AdminJSOptions, PageContext, ResourceWithOptions } from 'adminjs';
import type { PanelServices } from './panel-services.js';
import { AuditResource } from './resources/audit.resource.js';
import { ChallengesResource } from './resources/challenges.resource.js';
import { DeliveryResource } from './resources/delivery.resource.js';
import { groupActions, GroupsResource } from './resources/groups.resource.js';
import { limitActions, LimitsResource } from './resources/limits.resource.js';
import { MessagesResource } from './resources/messages.resource.js';
import { listOnly, readOnly } from './resources/panel-actions.js';
import { placesOf } from './resources/panel-field.js';
import type { PanelResource } from './resources/panel-resource.js';
import { sessionActions, SessionsResource } from './resources/sessions.resource.js';
import { userActions } from './resources/users.actions.js';
import { UsersResource } from './resources/users.resource.js';
import { can } from './visit.js';

/** Everything AdminJS is told. */
export function panelOptions(services: PanelServices): AdminJSOptions {
  const lists = listsOf(services);
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
    resources: lists.map(({ entry }) => entry),
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
          labels: Object.fromEntries(lists.map(({ resource, title }) => [resource.id(), title])),
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

type Viewed = Pick<PanelResource<{ id: number | string }>, 'view' | 'fields' | 'id'>;

interface List {
  resource: Viewed;
  title: string;
  about: string;
  entry: ResourceWithOptions;
}

function listsOf(services: PanelServices): List[] {
  const { users, groups, sessions, challenges, messages, delivery, limits, audit } = services;
  return [
    list(new UsersResource(users, groups), 'Users', 'Find an account, help, deactivate.', 'Users', {
      actions: userActions(services),
      sort: { sortBy: 'username', direction: 'asc' },
    }),
    list(new GroupsResource(groups), 'Groups', 'What staff may do.', 'Shield', {
      actions: groupActions(services),
    }),
    list(new SessionsResource(sessions), 'Sessions', 'Who is logged in, from where.', 'Monitor', {
      actions: sessionActions(services),
    }),
    list(
      new ChallengesResource(challenges),
      'Challenges',
      'Codes on their way, and what became of them.',
      'MessageSquare',
      {},
    ),
    list(
      new MessagesResource(messages),
      'Messages',
      'What became of each message with a code.',
      'Mail',
      {},
    ),
    list(
      new DeliveryResource(delivery),
      'Delivery',
      'How well codes arrive, by day, provider and country.',
      'Activity',
      {
        actions: listOnly('messages.view'),
      },
    ),
    list(
      new LimitsResource(limits),
      'Limits',
      'Which limit refused what, or would have.',
      'Slash',
      {
        actions: limitActions(services),
      },
    ),
    list(new AuditResource(audit), 'Audit', 'What happened, and who did it.', 'List', {}),
  ];
}

function list(
  resource: Viewed,
  title: string,
  about: string,
  icon: string,
  options: ResourceWithOptions['options'],
): List {
  const navigation = { name: null, icon };
  return {
    resource,
    title,
    about,
    entry: {
      resource,
      options: {
        ...placesOf(resource.fields),
        navigation,
        actions: readOnly(resource.view),
        ...options,
      },
    },
  };
}

const openLists = (lists: readonly List[], context: PageContext) =>
  lists
    .filter(({ resource }) => can(context, resource.view))
    .map(({ resource, title, about }) => ({ id: resource.id(), title, about }));
