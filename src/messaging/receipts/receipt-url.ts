import type { Message, SmsSender } from '../vendors/sms-sender.js';

type Named = Pick<Message, 'reference' | 'channel' | 'locale'>;

/**
 * Our name for a message, where its gateway reports on it if it does
 * (`PUBLIC_URL/delivery/SENDER/REFERENCE`), and where it asks what a call is to say if it asks
 * (`PUBLIC_URL/delivery/SENDER/calls/LOCALE/REFERENCE`).
 */
export function addressesFor(
  sender: SmsSender,
  publicUrl: string,
  { reference, channel, locale }: Named,
): Pick<Message, 'reference' | 'callbackUrl' | 'scriptUrl'> {
  const at = (path: string) => new URL(`/delivery/${sender.name}/${path}`, publicUrl).href;
  const isAsked = sender.script !== undefined && channel === 'call';
  return {
    reference,
    ...(sender.receipts !== undefined && { callbackUrl: at(reference) }),
    ...(isAsked && { scriptUrl: at(`calls/${locale}/${reference}`) }),
  };
}
