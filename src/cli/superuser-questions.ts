import { AppError, type FieldError } from '../common/errors/app-error.js';
import { parsePhoneNumber } from '../common/phone/parse-phone-number.js';
import { normalizePhoneInput } from '../common/phone/read-number.js';
import type { Settings } from '../config/settings.js';
import type { AccountInput } from '../users/account-form.js';
import { parseFullName } from '../users/full-name.js';
import { checkPassword } from '../users/passwords/password-rules.js';
import { parseUsername } from '../users/username.js';
import type { Prompt } from './prompt.js';

/** What flags already say; a flag's field is not asked for. */
export interface Given {
  username?: string;
  fullName?: string;
  phoneNumber?: string;
  countryCode?: string;
}

/**
 * Asks in this order: username, full name, phone number, country code, password, password again. A
 * refused answer is asked for again; a refused flag is thrown. `isFree` tells whether nobody has
 * the username yet.
 */
export async function askSuperuser(
  prompt: Prompt,
  given: Given,
  settings: Settings,
  isFree: (username: string) => Promise<boolean>,
): Promise<AccountInput> {
  const field = async (
    flag: string | undefined,
    label: string,
    check: (answer: string) => unknown,
  ): Promise<string> => {
    if (flag === undefined)
      return untilAccepted(prompt, async () => accepted(await prompt.ask(label), check));
    return accepted(flag, check);
  };
  const username = await field(given.username, 'Username: ', async (answer) => {
    if (!(await isFree(parseUsername(answer).username))) throw new AppError('username_taken');
  });
  const fullName = await field(given.fullName, 'Full name: ', parseFullName);
  const phone = await askPhone(prompt, given, settings);
  const about = {
    username,
    fullName,
    phoneNumber: parsePhoneNumber(phone.phoneNumber, phone, settings).e164,
  };
  const password = await untilAccepted(prompt, () =>
    askPassword(prompt, (typed) => checkPassword(typed, about)),
  );
  return { username, fullName, ...phone, password };
}

type Phone = Pick<Given, 'countryCode'> & { phoneNumber: string };

/**
 * A code that does not fit is asked for again alone; a number that is none, together with its code.
 */
async function askPhone(prompt: Prompt, given: Given, settings: Settings): Promise<Phone> {
  let { phoneNumber } = given;
  for (;;) {
    phoneNumber ??= await untilAccepted(prompt, async () =>
      accepted(await prompt.ask('Phone number: '), mayBeNumber(settings)),
    );
    const countryCode = given.countryCode ?? (await prompt.ask('Country code (may stay empty): '));
    try {
      parsePhoneNumber(phoneNumber, { countryCode }, settings);
      return { phoneNumber, countryCode };
    } catch (error) {
      const [refused] = fieldsOf(error);
      const isAsked =
        refused?.field === 'country_code'
          ? given.countryCode === undefined
          : given.phoneNumber === undefined;
      if (!refused || !isAsked) throw error;
      prompt.say([refused.detail, ...(refused.choices ?? [])].join(' '));
      if (refused.field === 'phone_number') phoneNumber = undefined;
    }
  }
}

/**
 * What is no number, and an international one, is judged at once; a national one only when its code
 * is known.
 */
const mayBeNumber =
  (settings: Settings) =>
  (answer: string): void => {
    if (!/^\d/.test(normalizePhoneInput(answer) ?? '')) parsePhoneNumber(answer, {}, settings);
  };

async function askPassword(prompt: Prompt, check: (password: string) => void): Promise<string> {
  const password = await accepted(await prompt.askHidden('Password: '), check);
  if ((await prompt.askHidden('Password (again): ')) === password) return password;
  throw AppError.invalid({ field: 'password', code: 'mismatch', detail: 'Passwords do not match' });
}

async function accepted(answer: string, check: (answer: string) => unknown): Promise<string> {
  await check(answer);
  return answer;
}

async function untilAccepted(prompt: Prompt, ask: () => Promise<string>): Promise<string> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const fields = fieldsOf(error);
      if (fields.length === 0 && !AppError.is(error, 'username_taken')) throw error;
      prompt.say(fields.map(({ detail }) => detail).join(' ') || (error as AppError).message);
    }
  }
}

const fieldsOf = (error: unknown): readonly FieldError[] =>
  AppError.is(error, 'validation_failed') ? (error.params.fields ?? []) : [];
