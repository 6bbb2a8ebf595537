import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * What a message costs, by channel and country; `*` stands for every other country. In the
 * operator's own currency.
 */
export type Prices = Readonly<Partial<Record<string, Readonly<Record<string, number>>>>>;

const price = z.number().min(0).max(10_000);
const byCountry = z
  .record(z.string().regex(/^([A-Z]{2}|\*)$/), price)
  .refine((prices) => '*' in prices, 'must price "*"');
const pricesSchema = z.strictObject({
  sms: byCountry,
  call: byCountry.optional(),
  whatsapp: byCountry.optional(),
});

/** Rough list prices of large gateways in US dollars, 2026; PRICES_FILE replaces them. */
const LIST_PRICES: Prices = {
  sms: {
    '*': 0.12,
    AU: 0.05,
    BR: 0.06,
    CA: 0.01,
    CN: 0.05,
    DE: 0.11,
    ES: 0.09,
    FR: 0.08,
    GB: 0.05,
    IN: 0.08,
    IT: 0.09,
    JP: 0.09,
    MX: 0.06,
    NL: 0.11,
    PL: 0.05,
    US: 0.01,
  },
  call: { '*': 0.25, CA: 0.02, DE: 0.03, FR: 0.03, GB: 0.03, US: 0.02 },
};

/** The prices of a file, JSON of the form of docs/limits.md. */
export const pricesFile = z
  .string()
  .optional()
  .transform((file, context): Prices => {
    if (file === undefined) return LIST_PRICES;
    try {
      return pricesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      const [issue] = error instanceof z.ZodError ? error.issues : [];
      const message = issue
        ? `${issue.path.join('.')}: ${issue.message}`
        : 'cannot be read as JSON';
      context.addIssue({ code: 'custom', message });
      return LIST_PRICES;
    }
  });

/** Whole ten-thousandths of the currency: money is counted, not measured. */
export const TEN_THOUSANDTHS = 10_000;

/**
 * What one message costs, in ten-thousandths of the currency, rounded up. A channel without prices
 * costs what a text does.
 */
export function priceOf(prices: Prices, channel: string, country: string | null): number {
  const byCountry = prices[channel] ?? prices['sms'] ?? {};
  const amount = byCountry[country ?? '*'] ?? byCountry['*'] ?? 0;
  // 0.07 is a little more than seven hundredths to a computer.
  return Math.ceil(amount * TEN_THOUSANDTHS - 1e-6);
}
