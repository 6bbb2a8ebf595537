import { StandardSchemaValidationPipe, type ExecutionContext } from '@nestjs/common';
import { PanelGate } from '../../../src/admin/panel.gate.js';
import { PanelLoader } from '../../../src/admin/panel.loader.js';
import type { CurrentSession } from '../../../src/auth/sessions/current-session.js';
import { StaffGuard } from '../../../src/auth/http/staff.guard.js';
import { TwoFactorGuard } from '../../../src/auth/http/two-factor.guard.js';
import { TwoFactorService } from '../../../src/auth/two-factor.service.js';
import { replace, type Hole } from './hole.js';

const requestOf = (context: ExecutionContext) =>
  context.switchToHttp().getRequest<{ url: string; current?: CurrentSession }>();
const ofState = (state: CurrentSession['state']) => (context: ExecutionContext) =>
  requestOf(context).current?.state === state;
const isPending = ofState('confirmation_required');
const owesPassword = ofState('password_change_required');

const letIn = (whom: (context: ExecutionContext) => boolean) =>
  replace(
    TwoFactorGuard,
    'canActivate',
    (ask, context: ExecutionContext) => whom(context) || ask(),
  );

/** AdminJS takes seconds to load, and is not what is asked about. */
const emptyPanel = () =>
  replace(PanelLoader, 'panel', () => ({ page: () => '<html></html>', call: () => ({}) }));

/** Who may enter what. */
export const ACCESS_HOLES: readonly Hole[] = [
  {
    attack: 'guarded-routes',
    what: 'a member is let into the panel',
    told: /an ordinary member enters GET \/admin\./,
    dig: () => {
      emptyPanel();
      replace(StaffGuard, 'admit', (admit, current: CurrentSession | null) =>
        current?.state === 'active' ? current : admit(),
      );
    },
  },
  {
    attack: 'guarded-routes',
    what: 'the calls of the panel ask nobody',
    told: /a stranger enters GET \/admin\/api\/dashboard/,
    dig: () => {
      emptyPanel();
      replace(PanelGate, 'call', (_call, request: { staff?: object }) =>
        Promise.resolve(void (request.staff = {})),
      );
    },
  },
  {
    attack: 'guarded-routes',
    what: 'a pending session passes the guard',
    told: /a pending session enters GET \/password\//,
    dig: () => letIn(isPending),
  },
  {
    attack: 'forced-password',
    what: 'a session that owes a new password passes the guard',
    told: /A session of before a new password/,
    dig: () => letIn(owesPassword),
  },
  {
    attack: 'forced-password',
    what: 'it passes the guard of a page alone',
    told: /a session that owes a new password enters GET \/dashboard\//,
    dig: () =>
      letIn((context) => owesPassword(context) && requestOf(context).url === '/dashboard/'),
  },
  {
    attack: 'mass-assignment',
    what: 'bodies are taken as they come',
    told: /A body with id was taken/,
    dig: () => replace(StandardSchemaValidationPipe, 'transform', (_check, body: unknown) => body),
  },
  {
    attack: 'two-factor',
    what: 'it goes off, and on, without any proof',
    told: /turned on without a fresh proof/,
    dig: () => replace(TwoFactorService, 'hasFreshProof', () => true),
  },
  {
    attack: 'two-factor',
    what: 'it goes off without a proof',
    told: /turned off without a fresh proof/,
    dig: () =>
      replace(
        TwoFactorService,
        'hasFreshProof',
        (ask, _session, purpose: string) => purpose === 'disable_two_factor' || ask(),
      ),
  },
];
