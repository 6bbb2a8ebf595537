import type { Locale } from '../common/locale.js';
import type { NoticeKind } from './notice.js';

/** What the person can do who had no part in it. */
export type Remedy = 'change_password' | 'ask';

export interface NoticeTexts {
  what: Readonly<Record<NoticeKind, string>>;
  /**
   * In the order they are tried: the last one for hosts that leave no room. No mark follows a host,
   * lest it joins the link.
   */
  todo: Readonly<Record<Remedy, readonly [string, ...string[]]>>;
}

/**
 * As with codes, Spanish, French, German and Portuguese keep to the GSM alphabet: hence some of
 * their roundabout words.
 */
export const NOTICE_TEXTS: Readonly<Record<Locale, NoticeTexts>> = {
  en: {
    what: {
      password_changed: 'The password of your Ringback account was changed.',
      username_changed: 'The username of your Ringback account was changed.',
      number_changed: 'Your Ringback account no longer uses this phone.',
      two_factor_on: 'Your Ringback account now asks for a code at log-in.',
      two_factor_off: 'Your Ringback account no longer asks for a code at log-in.',
      new_device: 'Your Ringback account was opened on a new device.',
      wrong_codes: 'Somebody with your Ringback password typed in wrong codes.',
      number_taken: 'Somebody used a code sent to this phone to ask for another Ringback account.',
    },
    todo: {
      change_password: [
        'If you know nothing of this, change your password at {host}',
        'Not you? Change your password: {host}',
        'Not you? Change your password.',
      ],
      ask: [
        'If you know nothing of this, contact the staff of {host}',
        'Not you? Contact the staff: {host}',
        'Not you? Contact the staff.',
      ],
    },
  },
  es: {
    what: {
      password_changed: 'Ha cambiado la contraseña de tu cuenta Ringback.',
      username_changed: 'Ha cambiado el nombre de usuario de tu cuenta Ringback.',
      number_changed: 'Tu cuenta Ringback ya no usa este celular.',
      two_factor_on: 'Tu cuenta Ringback pide ahora una clave al entrar.',
      two_factor_off: 'Tu cuenta Ringback ya no pide una clave al entrar.',
      new_device: 'Han entrado en tu cuenta Ringback desde un dispositivo nuevo.',
      wrong_codes: 'Alguien puso tu contraseña de Ringback y claves incorrectas.',
      number_taken: 'Con una clave enviada a este celular han pedido otra cuenta Ringback.',
    },
    todo: {
      change_password: [
        'Si no sabes nada de esto, cambia tu contraseña en {host}',
        '¿No lo esperabas? Cambia tu contraseña: {host}',
        '¿No lo esperabas? Cambia tu contraseña.',
      ],
      ask: [
        'Si no sabes nada de esto, contacta con el personal de {host}',
        '¿No lo esperabas? Pide ayuda: {host}',
        '¿No lo esperabas? Pide ayuda al personal.',
      ],
    },
  },
  fr: {
    what: {
      password_changed: 'Le mot de passe de votre compte Ringback a changé.',
      username_changed: "Le nom d'utilisateur de votre compte Ringback a changé.",
      number_changed: "Votre compte Ringback n'utilise plus ce téléphone.",
      two_factor_on: 'Votre compte Ringback demande maintenant un code à la connexion.',
      two_factor_off: 'Votre compte Ringback ne demande plus de code à la connexion.',
      new_device: 'Connexion à votre compte Ringback depuis un nouvel appareil.',
      wrong_codes: "Quelqu'un a saisi votre mot de passe Ringback, puis de faux codes.",
      number_taken: 'Un code envoyé à ce téléphone a servi à demander un autre compte Ringback.',
    },
    todo: {
      change_password: [
        "Si vous n'en savez rien, changez votre mot de passe sur {host}",
        'Pas vous ? Changez de mot de passe : {host}',
        'Pas vous ? Changez de mot de passe.',
      ],
      ask: [
        "Si vous n'en savez rien, contactez l'équipe de {host}",
        "Pas vous ? Contactez l'équipe : {host}",
        "Pas vous ? Contactez l'équipe.",
      ],
    },
  },
  de: {
    what: {
      password_changed: 'Das Passwort Ihres Ringback-Kontos wurde geändert.',
      username_changed: 'Der Benutzername Ihres Ringback-Kontos wurde geändert.',
      number_changed: 'Ihr Ringback-Konto gehört nicht mehr zu dieser Nummer.',
      two_factor_on: 'Ihr Ringback-Konto verlangt beim Anmelden jetzt einen Code.',
      two_factor_off: 'Ihr Ringback-Konto verlangt beim Anmelden keinen Code mehr.',
      new_device: 'Ihr Ringback-Konto wurde auf einem neuen Gerät geöffnet.',
      wrong_codes: 'Jemand gab Ihr Ringback-Passwort und dann falsche Codes ein.',
      number_taken: 'Mit einem Code an diese Nummer wollte jemand ein weiteres Ringback-Konto.',
    },
    todo: {
      change_password: [
        'Wissen Sie nichts davon, ändern Sie Ihr Passwort auf {host}',
        'Nicht Sie? Passwort ändern: {host}',
        'Nicht Sie? Ändern Sie Ihr Passwort.',
      ],
      ask: [
        'Wissen Sie nichts davon, wenden Sie sich an {host}',
        'Nicht Sie? Hilfe bei {host}',
        'Nicht Sie? Bitten Sie den Betreiber um Hilfe.',
      ],
    },
  },
  pt: {
    what: {
      password_changed: 'A senha da sua conta Ringback foi alterada.',
      username_changed: 'O login da sua conta Ringback foi alterado.',
      number_changed: 'A sua conta Ringback deixou de usar este telefone.',
      two_factor_on: 'A sua conta Ringback agora pede um PIN ao entrar.',
      two_factor_off: 'A sua conta Ringback deixou de pedir um PIN ao entrar.',
      new_device: 'A sua conta Ringback foi aberta em um dispositivo novo.',
      wrong_codes: 'Usaram a sua senha do Ringback e digitaram PINs errados.',
      number_taken: 'Com um PIN enviado a este telefone pediram outra conta Ringback.',
    },
    todo: {
      change_password: [
        'Se desconhece isto, mude a sua senha em {host}',
        'Inesperado? Mude a sua senha: {host}',
        'Inesperado? Mude a sua senha.',
      ],
      ask: [
        'Se desconhece isto, fale com a equipe de {host}',
        'Inesperado? Fale com a equipe: {host}',
        'Inesperado? Fale com a equipe.',
      ],
    },
  },
  hi: {
    what: {
      password_changed: 'आपका Ringback पासवर्ड बदला गया।',
      username_changed: 'आपका Ringback यूजरनेम बदला गया।',
      number_changed: 'आपका Ringback खाता अब इस फोन पर नहीं।',
      two_factor_on: 'Ringback लॉगिन में अब कोड लगेगा।',
      two_factor_off: 'Ringback लॉगिन में अब कोड नहीं लगेगा।',
      new_device: 'आपका Ringback खाता नए डिवाइस पर खुला।',
      wrong_codes: 'Ringback पासवर्ड के बाद गलत कोड भरे।',
      number_taken: 'इस फोन के कोड से Ringback खाता माँगा।',
    },
    todo: {
      change_password: ['आप नहीं? पासवर्ड बदलें: {host}', 'आप नहीं? {host}', 'आप नहीं? पासवर्ड बदलें।'],
      ask: ['आप नहीं? मदद माँगें: {host}', 'आप नहीं? {host}', 'आप नहीं? मदद माँगें।'],
    },
  },
  ar: {
    what: {
      password_changed: 'تغيرت كلمة مرور حسابك في Ringback.',
      username_changed: 'تغير اسم المستخدم لحسابك في Ringback.',
      number_changed: 'هاتفك هذا لم يعد هاتف حسابك في Ringback.',
      two_factor_on: 'صار الدخول إلى Ringback بحاجة إلى رمز.',
      two_factor_off: 'لم يعد الدخول إلى Ringback بحاجة لرمز.',
      new_device: 'فُتح حسابك في Ringback على جهاز جديد.',
      wrong_codes: 'رموز خاطئة بعد كلمة مرورك في Ringback.',
      number_taken: 'طُلب حساب Ringback آخر برمز هذا الهاتف.',
    },
    todo: {
      change_password: [
        'لست أنت؟ غيّر كلمة مرورك: {host}',
        'لست أنت؟ {host}',
        'لست أنت؟ غيّر كلمة مرورك.',
      ],
      ask: ['لست أنت؟ راسل الدعم: {host}', 'لست أنت؟ {host}', 'لست أنت؟ راسل الدعم.'],
    },
  },
  zh: {
    what: {
      password_changed: '您的 Ringback 密码已更改。',
      username_changed: '您的 Ringback 用户名已更改。',
      number_changed: '您的 Ringback 账户不再使用此手机号。',
      two_factor_on: '您的 Ringback 账户登录时现在需要验证码。',
      two_factor_off: '您的 Ringback 账户登录时不再需要验证码。',
      new_device: '您的 Ringback 账户在新设备上登录。',
      wrong_codes: '有人输入您的 Ringback 密码后输错验证码。',
      number_taken: '有人用发到此手机的验证码申请另一个 Ringback 账户。',
    },
    todo: {
      change_password: [
        '若非本人操作，请更改密码：{host}',
        '非本人？{host}',
        '若非本人操作，请更改密码。',
      ],
      ask: ['若非本人操作，请联系客服：{host}', '非本人？{host}', '若非本人操作，请联系客服。'],
    },
  },
};
