import { seconds } from '../../src/common/clock.js';
import { Session } from '../../src/auth/sessions/session.entity.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import { booksOf } from '../support/message-books.js';
import type { Person } from '../support/person.js';
import { ApiPerson } from '../support/api-person.js';
import type { PagePerson } from '../support/page-person.js';
import type { TestApp } from '../support/start-app.js';
import { throughBothFaces } from '../support/ways.js';

const offered = async (person: Person): Promise<string[]> => {
  if (person instanceof ApiPerson) {
    const { body } = await person.call('GET', '/session');
    return (body['confirmation'] as { channels: string[] }).channels;
  }
  const { text } = await (person as PagePerson).get('/verify/');
  const labels = { sms: /Resend OTP/, call: /Call me instead/, whatsapp: /Send it by WhatsApp/ };
  return Object.entries(labels)
    .filter(([, label]) => label.test(text))
    .map(([channel]) => channel);
};
const lastChannel = ({ app }: TestApp, phoneNumber: string) =>
  app.get(InboxSender, { strict: false }).messages(phoneNumber)[0]?.channel;

throughBothFaces(
  'CHANNELS=whatsapp,sms',
  ({ app, newcomer }) => {
    it('offers WhatsApp beside the second text, brings the code by it, and remembers how the phone was proven', async () => {
      const { person, form } = await newcomer();
      expect(await offered(person)).toEqual(['sms']);
      app().clock.advance(seconds(30));
      await person.resend();
      expect(await offered(person)).toEqual(['sms', 'whatsapp']);
      app().clock.advance(seconds(40));
      expect(await person.resend('whatsapp')).not.toHaveProperty('error');
      expect(lastChannel(app(), form.phoneNumber)).toBe('whatsapp');
      expect(await person.confirm(app().codeFor(form.phoneNumber))).not.toHaveProperty('error');
      expect(await person.where()).toBe('active');
      const { challenge, messages } = await booksOf(app(), form.phoneNumber);
      const session = await app()
        .db.getRepository(Session)
        .findOneByOrFail({ id: challenge.sessionId });
      expect(session.methods).toEqual(['password', 'whatsapp']);
      expect(messages.map(({ channel }) => channel)).toEqual(['sms', 'sms', 'whatsapp']);
    });

    it('calls nobody', async () => {
      const { person, form } = await newcomer();
      app().clock.advance(seconds(30));
      expect(await person.resend('call')).toMatchObject({ status: 422 });
      expect(app().sent(form.phoneNumber)).toBe(1);
    });
  },
  { environment: { CHANNELS: 'whatsapp,sms' } },
);

throughBothFaces('without CHANNELS', ({ app, newcomer }) => {
  it('WhatsApp is neither offered nor used, though the provider could', async () => {
    const { person, form } = await newcomer();
    app().clock.advance(seconds(30));
    expect(await person.resend('whatsapp')).toMatchObject({ status: 422 });
    await person.resend();
    expect(await offered(person)).toEqual(['sms', 'call']);
    expect(lastChannel(app(), form.phoneNumber)).toBe('sms');
  });
});
