/**
 * What Verify's default template speaks (Twilio, "Verify supported languages"). It answers 404 to
 * any other.
 */
const SPOKEN = new Set(
  (
    'af ar ca cs da de el en es et fi fr he hi hr hu id it ja kn ko lt mr ms nb nl pl pt pt-BR ro ru sk sv te th tl tr uk vi ' +
    'zh zh-CN zh-HK'
  ).split(' '),
);

/** Languages that Verify knows by another name, or only in their sister's. */
const KNOWN_AS: Readonly<Record<string, string>> = { fil: 'tl', no: 'nb', nn: 'nb' };

/**
 * The `Locale` to ask Verify for, from a BCP 47 tag: its own region first, then the language alone.
 * Undefined when Verify speaks none of it: then it chooses by the number's country.
 */
export function verifyLocaleOf(tag: string): string | undefined {
  const locale = parse(tag);
  if (!locale) return undefined;
  const { language, region = '' } = locale;
  if (language === 'zh' && locale.maximize().script === 'Hant') return 'zh-HK';
  return [`${language}-${region}`, KNOWN_AS[language] ?? language].find((name) => SPOKEN.has(name));
}

function parse(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
