/** Where a gateway reports on a message: `PUBLIC_URL/delivery/SENDER/REFERENCE`. */
export const receiptUrl = (publicUrl: string, sender: string, reference: string): string =>
  new URL(`/delivery/${sender}/${reference}`, publicUrl).href;

/**
 * Where a gateway asks what a call is to say: `PUBLIC_URL/delivery/SENDER/calls/LOCALE/REFERENCE`.
 */
export const scriptUrl = (
  publicUrl: string,
  sender: string,
  of: { locale: string; reference: string },
): string => new URL(`/delivery/${sender}/calls/${of.locale}/${of.reference}`, publicUrl).href;
