/**
 * The password for `create-superuser --no-input`, from SUPERUSER_PASSWORD; undefined when it is
 * unset or empty.
 */
export const superuserPassword = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => environment['SUPERUSER_PASSWORD'] || undefined;
