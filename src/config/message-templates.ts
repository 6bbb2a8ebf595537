import { z } from 'zod';
import { LOCALES, type Locale } from '../common/locale.js';
import { templateProblem } from '../common/text/message-template.js';

/** Operators' own wording by language; a language without one has the product's. */
export type MessageTemplates = Readonly<Partial<Record<Locale, string>>>;

const template = z.string().trim().optional();

/** `MESSAGE_TEMPLATE` serves every language that has no variable of its own. */
export const templateSettings = {
  MESSAGE_TEMPLATE: template,
  MESSAGE_TEMPLATE_EN: template,
  MESSAGE_TEMPLATE_ES: template,
  MESSAGE_TEMPLATE_FR: template,
  MESSAGE_TEMPLATE_DE: template,
  MESSAGE_TEMPLATE_PT: template,
  MESSAGE_TEMPLATE_HI: template,
  MESSAGE_TEMPLATE_AR: template,
  MESSAGE_TEMPLATE_ZH: template,
};

type TemplateVariable = keyof typeof templateSettings;
type TemplateEnvironment = Partial<Record<TemplateVariable, string | undefined>>;

/** One sentence for each variable whose template would not do for the host of PUBLIC_URL. */
export function templateProblems(env: TemplateEnvironment, host: string): string[] {
  return (Object.keys(templateSettings) as TemplateVariable[]).flatMap((name) => {
    const problem = env[name] === undefined ? null : templateProblem(env[name], host);
    return problem === null ? [] : [`${name}: ${problem}`];
  });
}

export function messageTemplatesOf(env: TemplateEnvironment): MessageTemplates {
  const given = LOCALES.map(
    (locale) => [locale, env[variableOf(locale)] ?? env.MESSAGE_TEMPLATE] as const,
  );
  return Object.fromEntries(given.filter(([, text]) => text !== undefined));
}

const variableOf = (locale: Locale) =>
  `MESSAGE_TEMPLATE_${locale.toUpperCase() as Uppercase<Locale>}` as const;
