import fc from 'fast-check';
import { AppError } from '../common/errors/app-error.js';
import { PERMISSIONS, type Permission } from '../users/groups/permissions.js';
import {
  checkFields,
  mayTouch,
  requireOther,
  requirePermission,
  requireSuperuser,
  type StaffActor,
  type StaffTarget,
} from './staff-rules.js';

const actor = (rights: Partial<StaffActor['rights']> = {}): StaffActor => ({
  id: 1,
  sessionId: 1,
  rights: { isActive: true, isStaff: true, isSuperuser: false, permissions: [], ...rights },
});
const target = (rights: Partial<StaffTarget['rights']> = {}, id = 2): StaffTarget => ({
  id,
  rights: { isStaff: false, isSuperuser: false, permissions: [], ...rights },
});
const refuses = (act: () => void): boolean => {
  try {
    act();
    return false;
  } catch (error) {
    if (!AppError.is(error, 'forbidden')) throw error;
    return true;
  }
};
const permissions = fc.subarray([...PERMISSIONS]);

describe('staff and superusers are edited by superusers only, and nobody edits an account that has rights they lack', () => {
  it('a superuser is touched by superusers only', () => {
    expect(mayTouch(actor({ permissions: [...PERMISSIONS] }), target({ isSuperuser: true }))).toBe(
      false,
    );
    expect(mayTouch(actor({ isSuperuser: true }), target({ isSuperuser: true }))).toBe(true);
  });

  it.each([{ isStaff: true }, { isSuperuser: true }])('not even by their equals: %j', (rights) => {
    expect(mayTouch(actor({ permissions: [...PERMISSIONS] }), target(rights))).toBe(false);
    expect(mayTouch(actor({ isSuperuser: true }), target(rights))).toBe(true);
  });

  it('one is no stranger to oneself', () => {
    expect(mayTouch(actor(), target({ isStaff: true }, 1))).toBe(true);
  });

  it('other staff touch exactly those who hold no permission they do not hold', () => {
    fc.assert(
      fc.property(permissions, permissions, (own, theirs) => {
        const lacks = theirs.some((name) => !own.includes(name));
        expect(mayTouch(actor({ permissions: own }), target({ permissions: theirs }))).toBe(!lacks);
      }),
    );
  });

  it.each([{ isActive: false }, { isStaff: false }])(
    'a superuser who is not active staff is none: %j',
    (state) => {
      const former = actor({ isSuperuser: true, ...state });
      expect(mayTouch(former, target({ isSuperuser: true }))).toBe(false);
      expect(refuses(() => requireSuperuser(former))).toBe(true);
      expect(refuses(() => requirePermission(former, 'users.view'))).toBe(true);
    },
  );
});

describe('rights', () => {
  it.each(['is_staff', 'is_superuser', 'groups', 'permissions'])(
    '%s is for superusers, and never for themselves',
    (field) => {
      expect(
        refuses(() => checkFields(actor({ permissions: [...PERMISSIONS] }), target(), [field])),
      ).toBe(true);
      expect(
        refuses(() => checkFields(actor({ isSuperuser: true }), target(), ['full_name', field])),
      ).toBe(false);
      expect(refuses(() => checkFields(actor({ isSuperuser: true }), target({}, 1), [field]))).toBe(
        true,
      );
    },
  );

  it.each(PERMISSIONS)('%s is asked by its name', (name: Permission) => {
    expect(refuses(() => requirePermission(actor({ permissions: [name] }), name))).toBe(false);
    expect(
      refuses(() =>
        requirePermission(
          actor({ permissions: PERMISSIONS.filter((other) => other !== name) }),
          name,
        ),
      ),
    ).toBe(true);
    expect(refuses(() => requirePermission(actor({ isSuperuser: true }), name))).toBe(false);
  });
});

it.each(['is_active', 'password', 'phone_number', 'two_factor_auth', 'change_pw'])(
  'staff change %s of others, not their own: the panel asks for no proof',
  (field) => {
    expect(refuses(() => checkFields(actor(), target(), [field]))).toBe(false);
    expect(refuses(() => checkFields(actor({ isSuperuser: true }), target({}, 1), [field]))).toBe(
      true,
    );
  },
);

it('staff may correct their own name', () => {
  expect(refuses(() => checkFields(actor(), target({}, 1), ['full_name', 'username']))).toBe(false);
  expect(refuses(() => requireOther(actor(), target({}, 1)))).toBe(true);
  expect(refuses(() => requireOther(actor(), target()))).toBe(false);
});
