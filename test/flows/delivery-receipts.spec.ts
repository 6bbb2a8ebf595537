import fc from 'fast-check';
import { AuditEvent } from '../../src/audit/audit-event.entity.js';
import { Challenge } from '../../src/phone-verification/challenge.entity.js';
import type { Receipt } from '../../src/messaging/receipts/receipt.js';
import { SentMessage } from '../../src/messaging/sent-message.entity.js';
import { SentMessagesRepository } from '../../src/messaging/sent-messages.repository.js';
import { AccountReportingProvider, report, SIGNATURE } from '../support/reporting-provider.js';
import { RIGHT_CODE } from '../support/scripted-provider.js';
import { throughApi, throughPages } from '../support/ways.js';

const provider = new AccountReportingProvider();
const lastReference = () => provider.started.at(-1)?.messageReference ?? '';

throughApi(
  'delivery receipts',
  ({ app, newcomer }) => {
    const rowOf = (reference: string) =>
      app().db.getRepository(SentMessage).findOneByOrFail({ reference });
    const say = (status: Receipt['status'], more: Partial<Receipt> = {}) =>
      report(app().url, { reference: lastReference(), status, ...more });

    it('tell what became of a message, and nothing about its challenge', async () => {
      const { person, form } = await newcomer();
      const challenge = () =>
        app().db.getRepository(Challenge).findOneByOrFail({ phoneNumber: form.phoneNumber });
      const before = await challenge();
      const expected = {
        provider: 'self:reporting',
        status: 'sent',
        channel: 'sms',
        country: 'US',
      };
      expect(await rowOf(lastReference())).toMatchObject(expected);
      expect(await say('delivered')).toBe(204);
      expect(await rowOf(lastReference())).toMatchObject({ status: 'delivered', reason: null });
      expect(await challenge()).toEqual(before);
      const session = await person.call('GET', '/session');
      expect(session.body['confirmation']).toMatchObject({
        delivery: 'delivered',
        channels: ['sms'],
      });
      expect(await person.confirm(RIGHT_CODE)).not.toHaveProperty('error');
      expect((await rowOf(lastReference())).confirmedAt).toEqual(app().clock.now());
    });

    it('keep the reason of a failure, and bring a call into play', async () => {
      const { person } = await newcomer();
      expect(await say('failed', { reason: '30003' })).toBe(204);
      expect(await rowOf(lastReference())).toMatchObject({ status: 'failed', reason: '30003' });
      const session = await person.call('GET', '/session');
      expect(session.body['confirmation']).toMatchObject({
        delivery: 'failed',
        channels: ['sms', 'call'],
      });
    });

    it('are events that name no number', async () => {
      const { form } = await newcomer();
      await say('delivered');
      await say('delivered');
      await app().audited();
      const rows = await app()
        .db.getRepository(AuditEvent)
        .find({ where: { name: 'message.receipt' }, order: { id: 'DESC' } });
      expect(rows[0]?.details).toEqual({
        provider: 'self:reporting',
        channel: 'sms',
        country: 'US',
        status: 'delivered',
      });
      expect(rows.filter(({ userId }) => userId === rows[0]?.userId)).toHaveLength(1);
      expect(JSON.stringify(rows)).not.toContain(form.phoneNumber.slice(-7));
    });

    it('unsigned, forged or for a sender that is none: 403, and nothing changes', async () => {
      await newcomer();
      const receipt = { reference: lastReference(), status: 'delivered' } as const;
      for (const headers of [{}, { 'x-signature': 'forged' }] as Record<string, string>[]) {
        expect(await report(app().url, receipt, headers)).toBe(403);
      }
      for (const sender of ['inbox', 'nobody', 'self:reporting', '__proto__']) {
        const answer = await fetch(`${app().url}/delivery/${sender}/${receipt.reference}`, {
          method: 'POST',
          headers: { 'x-signature': SIGNATURE, 'content-type': 'application/json' },
          body: JSON.stringify(receipt),
        });
        expect(answer.status).toBe(403);
      }
      expect(await rowOf(lastReference())).toMatchObject({ status: 'sent' });
    });

    it('reach the sender as they came: bytes, address and headers', async () => {
      await report(app().url, { reference: 'A'.repeat(22), status: 'sent', reason: 'ü' });
      const { url, method, body, headers } = provider.reports.at(-1)!;
      expect(url).toBe(`http://127.0.0.1:3000/delivery/reporting/${'A'.repeat(22)}?via=test`);
      expect([method, headers['content-type'], JSON.parse(body.toString())]).toEqual([
        'POST',
        'application/json',
        { reference: 'A'.repeat(22), status: 'sent', reason: 'ü' },
      ]);
    });

    it('of a message that is gone are taken, for the gateway would repeat them', async () => {
      expect(await report(app().url, { reference: 'B'.repeat(22), status: 'delivered' })).toBe(204);
    });

    it('may be in any form that gateways use, of a bounded size', async () => {
      const post = (type: string, body: string) =>
        fetch(`${app().url}/delivery/reporting/x`, {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        }).then(({ status }) => status);
      expect(await post('application/x-www-form-urlencoded', 'a=b&a=c&__proto__=d')).toBe(403);
      expect(await post('application/json', '{"__proto__":1,"a":1,"a":2}')).toBe(403);
      expect(await post('text/xml', '<a/>')).toBe(415);
      expect(await post('application/json', ' '.repeat(200_000))).toBe(413);
      expect((await fetch(`${app().url}/delivery/reporting/x?status=delivered`)).status).toBe(403);
      const forged = await fetch(`${app().url}/delivery/reporting/x`);
      const deleted = await fetch(`${app().url}/delivery/reporting/x`, { method: 'DELETE' });
      expect([forged.status, deleted.status]).toEqual([403, 404]);
      expect(forged.headers.get('content-type')).toContain('application/problem+json');
    });

    it('may come to one address for all messages of an account, where the sender has one', async () => {
      await newcomer();
      const post = (sender: string, body: string, signature = SIGNATURE) =>
        fetch(`${app().url}/delivery/${sender}`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-signature': signature },
          body,
        }).then(({ status }) => status);
      const body = JSON.stringify({ reference: lastReference(), status: 'delivered' });
      expect(await post('reporting', body, 'forged')).toBe(403);
      expect(await post('reporting', 'later')).toBe(503);
      for (const sender of ['inbox', 'aws', 'none', 'self:reporting', '__proto__'])
        expect(await post(sender, body)).toBe(404);
      expect(await rowOf(lastReference())).toMatchObject({ status: 'sent' });
      expect(await post('reporting', body)).toBe(204);
      expect(await post('reporting', body)).toBe(204);
      expect(await rowOf(lastReference())).toMatchObject({ status: 'delivered' });
      const elsewhere = await fetch(`${app().url}/api/v1/session`, { method: 'POST', body: '{}' });
      expect(elsewhere.status).toBe(415);
    });

    it('of another provider say nothing about a message', async () => {
      await newcomer();
      const messages = app().db.manager.withRepository(
        app().app.get(SentMessagesRepository, { strict: false }),
      );
      const receipt = { reference: lastReference(), status: 'failed' } as const;
      expect(await messages.noteReceipt('self:other', receipt, new Date())).toBeNull();
      expect(await rowOf(lastReference())).toMatchObject({ status: 'sent' });
    });

    it('late, twice and in any order, come to the same end', async () => {
      const status = fc.constantFrom<Receipt['status']>(
        'queued',
        'unknown',
        'sent',
        'failed',
        'expired',
        'delivered',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(status, { maxLength: 6 }), async (said) => {
          await newcomer();
          for (const one of said) await say(one);
          const final = said.includes('delivered')
            ? 'delivered'
            : said.find((one) => one === 'failed' || one === 'expired');
          expect((await rowOf(lastReference())).status).toBe(final ?? 'sent');
        }),
        { numRuns: 15 },
      );
    });
  },
  { provider },
);

throughPages(
  'the confirm page',
  ({ app, newcomer }) => {
    const page = async (status: Receipt['status'], ...asks: number[]) => {
      const { person } = await newcomer();
      for (const wait of asks) {
        app().clock.advance(wait);
        await person.resend();
      }
      await report(app().url, { reference: lastReference(), status });
      return (await person.get('/verify/')).text;
    };

    it('says that the message was delivered', async () => {
      expect(await page('delivered')).toContain('The message was delivered to your phone.');
    });

    it('says that it could not be, and offers a call', async () => {
      const text = await page('failed');
      expect(text).toContain(
        'The message could not be delivered. Check the number, or try a call.',
      );
      expect(text).toContain('Call me instead');
    });

    it('says nothing while nothing is certain, and offers a call after the second text only', async () => {
      expect(await page('sent')).not.toMatch(/delivered|Call me instead/);
      expect(await page('sent', 60_000)).toContain('Call me instead');
    });
  },
  { provider },
);
