import { BaseRecord, type ParamsType } from 'adminjs';
import { maskPhoneNumber } from '../../common/phone/phone-number.js';
import type { Slice } from '../../common/slice.js';
import type { GroupsService } from '../../users/groups/groups.service.js';
import type { ShownUser } from '../../users/user-columns.js';
import type { UserDirectory, UserQuery } from '../../users/user-directory.js';
import { given, type FilterValues } from './filter-values.js';
import { PanelResource } from './panel-resource.js';
import { USER_FIELDS } from './users.fields.js';

/** Accounts; numbers masked. */
export class UsersResource extends PanelResource<ShownUser> {
  constructor(
    private readonly directory: UserDirectory,
    private readonly groups: GroupsService,
  ) {
    super('users', 'users.view', USER_FIELDS);
  }

  protected override page(values: FilterValues, part: Slice): Promise<ShownUser[]> {
    return this.directory.page(query(values), part);
  }

  protected override total(values: FilterValues): Promise<number> {
    return this.directory.count(query(values));
  }

  protected override rows(ids: number[]): Promise<ShownUser[]> {
    return this.directory.findMany(ids);
  }

  protected override async records(users: ShownUser[]): Promise<BaseRecord[]> {
    const groups = await this.groups.groupIdsOf(users.map(({ id }) => id));
    return users.map(
      (user) => new BaseRecord({ ...this.paramsOf(user), groups: groups.get(user.id) ?? [] }, this),
    );
  }

  protected override paramsOf(user: ShownUser): ParamsType {
    return {
      id: user.id,
      username: user.username,
      full_name: user.fullName,
      phone_number: maskPhoneNumber(user.phoneNumber),
      country_code: user.countryCode,
      phone_number_verified: user.phoneNumberVerified,
      two_factor_auth: user.twoFactorAuth,
      change_pw: user.changePw,
      is_active: user.isActive,
      is_staff: user.isStaff,
      is_superuser: user.isSuperuser,
      permissions: user.permissions,
      date_joined: user.dateJoined,
      last_login: user.lastLogin,
    };
  }
}

function query(values: FilterValues): UserQuery {
  return given({
    username: values.text('username'),
    fullName: values.text('full_name'),
    phoneNumber: values.text('phone_number'),
    countryCode: values.number('country_code'),
    phoneNumberVerified: values.flag('phone_number_verified'),
    twoFactorAuth: values.flag('two_factor_auth'),
    changePw: values.flag('change_pw'),
    isActive: values.flag('is_active'),
    isStaff: values.flag('is_staff'),
    isSuperuser: values.flag('is_superuser'),
    dateJoined: values.period('date_joined'),
  });
}
