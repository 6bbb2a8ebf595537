import type { Locale } from '../../common/locale.js';

export interface Texts {
  /** Spells `{time}`, by plural category (CLDR); a missing category is written as `other`. */
  minutes: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
  /**
   * The longest first: a long host leaves less room, above all to texts of 70 characters. The
   * origin line comes after.
   */
  sms: readonly [string, ...string[]];
  /** Spoken: the digits one by one, twice. */
  call: string;
}

/**
 * What people read and hear. Spanish, French, German and Portuguese keep to the GSM alphabet, so
 * that a message holds 160 characters: hence the Spanish "clave" and the Portuguese "PIN".
 */
export const TEXTS: Readonly<Record<Locale, Texts>> = {
  en: {
    minutes: { one: '{minutes} minute', other: '{minutes} minutes' },
    sms: [
      '{code} is your Ringback code. It works for {time}. Never share it.',
      '{code} is your Ringback code. Never share it.',
      '{code} is your code.',
      '{code}',
    ],
    call: 'Your Ringback code is {digits}. Again: {digits}. Never share it.',
  },
  es: {
    minutes: { one: '{minutes} minuto', other: '{minutes} minutos' },
    sms: [
      '{code} es tu clave de Ringback. Vale durante {time}. No la compartas con nadie.',
      '{code} es tu clave de Ringback. No la compartas.',
    ],
    call: 'Tu código de Ringback es {digits}. Otra vez: {digits}. No lo compartas con nadie.',
  },
  fr: {
    minutes: { one: '{minutes} minute', other: '{minutes} minutes' },
    sms: [
      '{code} est votre code Ringback. Il est valable {time}. Ne le communiquez à personne.',
      '{code} est votre code Ringback. Ne le communiquez pas.',
    ],
    call: 'Votre code Ringback est : {digits}. Je répète : {digits}. Ne le communiquez à personne.',
  },
  de: {
    minutes: { one: '{minutes} Minute', other: '{minutes} Minuten' },
    sms: [
      '{code} ist Ihr Ringback-Code. Er gilt {time}. Geben Sie ihn nicht weiter.',
      '{code} ist Ihr Ringback-Code. Nicht weitergeben.',
    ],
    call: 'Ihr Ringback-Code lautet {digits}. Noch einmal: {digits}. Geben Sie ihn nicht weiter.',
  },
  pt: {
    minutes: { one: '{minutes} minuto', other: '{minutes} minutos' },
    sms: [
      '{code} é o seu PIN do Ringback. Vale por {time}. Nunca o revele a ninguém.',
      '{code} é o seu PIN do Ringback. Nunca o revele.',
    ],
    call: 'O seu código do Ringback é {digits}. Repetindo: {digits}. Nunca o revele a ninguém.',
  },
  hi: {
    minutes: { other: '{minutes} मिनट' },
    sms: [
      '{code} Ringback कोड, {time} मान्य, किसी को न दें',
      '{code} कोड, {time} मान्य, किसी को न दें',
      '{code} कोड, {time}, किसी को न दें',
      '{code} किसी को न दें',
      '{code} गुप्त रखें',
    ],
    call: 'आपका Ringback कोड है {digits}। फिर से सुनिए: {digits}। इसे किसी को न बताएँ।',
  },
  ar: {
    minutes: {
      one: 'دقيقة واحدة',
      two: 'دقيقتين',
      few: '{minutes} دقائق',
      other: '{minutes} دقيقة',
    },
    sms: [
      '{code} رمزك في Ringback، صالح {time}. لا تشاركه.',
      '{code} رمزك، صالح {time}. لا تشاركه.',
      '{code} صالح {time}. لا تشاركه.',
      '{code} لا تشاركه مع أحد',
      '{code} لا تشاركه',
    ],
    call: 'رمزك في Ringback هو {digits}. أكرر: {digits}. لا تشاركه مع أحد.',
  },
  zh: {
    minutes: { other: '{minutes}分钟' },
    sms: [
      '{code} 是您的 Ringback 验证码，{time}内有效，请勿告诉任何人。',
      '{code} Ringback 验证码，{time}内有效，请勿泄露。',
      '{code} 验证码{time}内有效，请勿泄露。',
      '{code}，{time}内有效，请勿泄露',
      '{code} 请勿泄露',
    ],
    call: '您的 Ringback 验证码是 {digits}。重复一遍：{digits}。请勿告诉任何人。',
  },
};
