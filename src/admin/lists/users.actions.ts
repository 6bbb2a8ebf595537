import type { ActionContext } from 'adminjs';
import type { StaffAccountsService } from '../../staff/staff-accounts.service.js';
import type { StaffNumbersService } from '../../staff/staff-numbers.service.js';
import type { StaffPatch } from '../../staff/staff-patch.js';
import type { StaffSupportService } from '../../staff/staff-support.service.js';
import { can, isSuperuser, visitOf } from '../visit.js';
import { formValues, type PanelForm } from './form-values.js';
import { confirmed, deletion, editAction, needs, newAction } from './panel-actions.js';
import type { PanelAction } from './panel-list.js';
import { USER_FIELDS } from './users.fields.js';

/** What staff may do with accounts. Every service behind it asks for the right again. */
export function userActions({
  accounts,
  numbers,
  support,
}: {
  accounts: StaffAccountsService;
  numbers: StaffNumbersService;
  support: StaffSupportService;
}): Readonly<Record<string, PanelAction>> {
  return {
    new: newAction(needs('users.add'), ({ actor, client }, form) =>
      accounts.create(actor, patchOf(form), client),
    ),
    edit: editAction(mayEdit, ({ actor, client }, id, form) =>
      accounts.edit(actor, id, patchOf(form), client),
    ),
    deactivate: confirmed(
      (context) => mayEnd(context) && context.record?.get('is_active') !== false,
      {
        question:
          'Deactivate this account? All its sessions end, nobody can log in to it, and its number is free for others.',
        button: 'Deactivate',
        icon: 'UserX',
        notice: 'Deactivated.',
      },
      ({ actor, client }, id) => accounts.deactivate(actor, id, client),
    ),
    activate: confirmed(
      (context) => mayEnd(context) && context.record?.get('is_active') !== true,
      {
        question:
          'Activate this account again? Its holder can log in, and has to prove the phone number anew.',
        button: 'Activate',
        icon: 'UserCheck',
        notice: 'Activated.',
      },
      ({ actor, client }, id) => accounts.activate(actor, id, client),
    ),
    turnTwoFactorOff: confirmed(
      (context) =>
        mayEdit(context) && isOther(context) && context.record?.get('two_factor_auth') !== false,
      {
        question: 'Turn the second factor off? All sessions of this account end.',
        button: 'Turn off',
        icon: 'Unlock',
        notice: 'The second factor is off.',
      },
      ({ actor, client }, id) => accounts.edit(actor, id, { twoFactorAuth: false }, client),
    ),
    releaseNumber: confirmed(
      (context) =>
        isSuperuser(context) &&
        isOther(context) &&
        context.record?.get('phone_number_verified') === true,
      {
        question:
          'Release this phone number, so that another account can have it? All sessions here end, the phone is told, and a ' +
          'number has to be proven at the next log-in.',
        button: 'Release',
        icon: 'PhoneOff',
        notice: 'The number is free.',
      },
      ({ actor, client }, id) => numbers.release(actor, id, client),
    ),
    unlock: confirmed(
      (context) => mayEdit(context) && isOther(context),
      {
        question: 'Forget the wrong passwords and wrong codes counted for this account?',
        button: 'Unlock',
        icon: 'Key',
        notice: 'Unlocked.',
      },
      ({ actor, client }, id) => support.unlock(actor, id, client),
    ),
    delete: deletion(
      (context) => isSuperuser(context) && isOther(context),
      'Delete this account for good? Usually it is enough to deactivate it.',
      ({ actor, client }, id) => accounts.remove(actor, id, client),
    ),
  };
}

/** As far as the row tells; the service looks at the groups' rights as well. */
const mayTouch = (context: ActionContext): boolean =>
  isSuperuser(context) ||
  !isOther(context) ||
  !(context.record?.get('is_staff') === true || context.record?.get('is_superuser') === true);

const mayEdit = (context: ActionContext): boolean =>
  can(context, 'users.change') && mayTouch(context);

/** Who may end an account may let it live again. */
const mayEnd = (context: ActionContext): boolean =>
  can(context, 'users.delete') && mayTouch(context) && isOther(context);

const isOther = (context: ActionContext): boolean =>
  context.record === undefined || Number(context.record.id()) !== visitOf(context).actor.id;

function patchOf(form: PanelForm): StaffPatch {
  const { groups, ...patch } = formValues<StaffPatch>(form, USER_FIELDS);
  return { ...patch, ...(groups ? { groups: groups.map(Number) } : {}) };
}
