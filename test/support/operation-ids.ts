/** Names of the API's operations: generated clients call their functions so. */
export const OPERATION_IDS = [
  'registrationRegister',
  'registrationBotCheck',
  'sessionOpen',
  'sessionShow',
  'sessionEnd',
  'confirmationConfirm',
  'confirmationResend',
  'phoneNumberGive',
  'meShow',
  'meEdit',
  'meChangePassword',
  'meSetTwoFactor',
];
