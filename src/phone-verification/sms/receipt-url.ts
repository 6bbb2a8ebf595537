/** Where a gateway reports on a message: `PUBLIC_URL/delivery/SENDER/REFERENCE`. */
export const receiptUrl = (publicUrl: string, sender: string, reference: string): string =>
  new URL(`/delivery/${sender}/${reference}`, publicUrl).href;
