import { LOCALES, type Locale } from '../../common/locale.js';
import { Field } from '../views/field.js';

/** What the form sends for "none of my own". */
export const BY_BROWSER = 'browser';

/** Each language by the name its speakers give it. */
const NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  pt: 'Português',
  hi: 'हिन्दी',
  ar: 'العربية',
  zh: '中文',
};

/**
 * The language that messages come in, and its choice. `chosen` is null while each request's own
 * counts.
 */
export function LanguageCard({ chosen }: { chosen: Locale | null }) {
  return (
    <section class="card" aria-labelledby="language">
      <h2 id="language">Language of messages</h2>
      <form method="post" action="/dashboard/">
        <Field
          name="locale"
          label="Language"
          help={['The codes we send you come in this language. These pages stay in English.']}
          control={(wiring) => (
            <select autocomplete="language" {...wiring}>
              <option value={BY_BROWSER} selected={chosen === null}>
                As my browser asks
              </option>
              {LOCALES.map((locale) => (
                <option value={locale} lang={locale} selected={chosen === locale}>
                  {NAMES[locale]}
                </option>
              ))}
            </select>
          )}
        />
        <button class="button button-quiet" type="submit">
          Save
        </button>
      </form>
    </section>
  );
}
