import { after, minutes } from '../../src/common/clock.js';
import type { SentMessage } from '../../src/messaging/sent-message.entity.js';
import type { User } from '../../src/users/user.entity.js';
import { onBothDatabases } from '../support/databases.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { FATES, message, store } from './sent-messages.fixture.js';
import { account, StaffPerson } from './staff-person.js';

onBothDatabases('messages in the panel', (database) => {
  let app: TestApp;
  let staff: StaffPerson;
  let outsider: StaffPerson;
  let target: User;
  let references: string[];

  const list = (resource: string, query = '', person = staff) =>
    person.read(`/resources/${resource}/actions/list?${query}`);
  const records = async (resource: string, query = '') =>
    (await list(resource, query)).json.records?.map(({ params }) => params) ?? [];
  const statuses = async (query: string) =>
    (await records('messages', query)).map(({ status }) => status);

  beforeAll(async () => {
    app = await startApp({ database, environment: { NOTICES: 'off' } });
    target = await account(app, 'target', { twoFactorAuth: true });
    await account(app, 'staff', { isStaff: true, permissions: ['messages.view'] });
    await account(app, 'outsider', {
      isStaff: true,
      permissions: ['users.view', 'challenges.view', 'audit.view'],
    });
    [staff, outsider] = [await StaffPerson.at(app, 'staff'), await StaffPerson.at(app, 'outsider')];
    await StaffPerson.at(app, 'target'); // Its pending log-in sends a message.
    const later = after(app.clock.now(), minutes(1));
    await store(app, [
      message(app, {
        ...FATES.delivered,
        userId: target.id,
        confirmedAt: later,
        segments: 1,
        updatedAt: later,
      }),
      message(app, { ...FATES.undeliverable, country: 'DE' }),
      message(app, { ...FATES.refused, channel: 'call', provider: 'twilio-verify' }),
    ]);
    const named: Pick<SentMessage, 'reference'>[] = await app.db.query(
      'SELECT reference FROM sent_messages',
    );
    references = named.map(({ reference }) => reference);
    expect(references).toHaveLength(4);
  });
  afterAll(() => app.close());

  it('are listed, newest first', async () => {
    expect(await statuses('')).toEqual(['failed', 'failed', 'delivered', 'sent']);
    expect((await list('messages')).json.meta?.total).toBe(4);
    expect(await statuses('page=2&perPage=3')).toEqual(['sent']);
    expect(await statuses('sortBy=status&direction=asc')).toEqual([
      'failed',
      'failed',
      'delivered',
      'sent',
    ]);
  });

  it.each([
    ['provider=twilio-verify', ['failed']],
    ['channel=call', ['failed']],
    ['country=DE', ['failed']],
    ['country=de', ['failed']],
    ['status=delivered', ['delivered']],
    ['status=failed', ['failed', 'failed']],
    ['status=nothing', []],
    ['user_id=0', []],
    ['user_id=x', []],
    ['country=%25', []],
  ])('are found by %s', async (filter, found) => {
    expect(await statuses(`filters.${filter}`)).toEqual(found);
    expect((await list('messages', `filters.${filter}`)).json.meta?.total).toBe(found.length);
  });

  it('are found by their user', async () => {
    expect(await statuses(`filters.user_id=${target.id}`)).toEqual(['delivered', 'sent']);
  });

  it('show all that is known of one, and no name of it', async () => {
    const [newest] = (await list('messages', 'filters.status=delivered')).json.records ?? [];
    const { json } = await staff.read(`/resources/messages/records/${newest?.id}/show`);
    expect(json.record?.params).toEqual({
      id: Number(newest?.id),
      user_id: target.id,
      kind: 'otp',
      provider: 'self:twilio',
      channel: 'sms',
      country: 'US',
      status: 'delivered',
      reason: null,
      gateway_id: 'SM2',
      segments: 1,
      created_at: '2026-03-01T12:00:00.000Z',
      updated_at: '2026-03-01T12:01:00.000Z',
      confirmed_at: '2026-03-01T12:01:00.000Z',
    });
  });

  it('hold no number, no code, no text and no name that receipts use', async () => {
    const ids = (await list('messages')).json.records?.map(({ id }) => id) ?? [];
    const shown = await Promise.all(
      ids.map((id) => staff.read(`/resources/messages/records/${id}/show`)),
    );
    const found = [await list('messages'), await list('delivery'), ...shown]
      .map(({ text }) => text)
      .join();
    expect(found).toContain('self:twilio');
    const { phoneNumber } = target;
    for (const secret of [
      phoneNumber,
      phoneNumber.slice(2),
      app.codeFor(phoneNumber),
      ...references,
    ])
      expect(found).not.toContain(secret);
    expect(found).not.toMatch(/"(reference|text|body|to|phone_number|code)"/);
    expect(found).not.toContain('"username"');
  });

  it('add up to the delivery list', async () => {
    expect(await records('delivery')).toEqual([
      expect.objectContaining({
        provider: 'self:inbox',
        sent: 1,
        failed: 0,
        confirmed: 0,
        conversion: 0,
      }),
      {
        id: '2026-03-01~self:twilio~sms~DE',
        day: '2026-03-01',
        provider: 'self:twilio',
        channel: 'sms',
        country: 'DE',
        sent: 1,
        delivered: 0,
        failed: 1,
        confirmed: 0,
        conversion: 0,
      },
      expect.objectContaining({
        provider: 'self:twilio',
        country: 'US',
        sent: 1,
        delivered: 1,
        confirmed: 1,
        conversion: 1,
      }),
      expect.objectContaining({
        provider: 'twilio-verify',
        channel: 'call',
        sent: 0,
        failed: 1,
        conversion: null,
      }),
    ]);
    expect((await list('delivery')).json.meta?.total).toBe(4);
    expect(
      await records('delivery', 'filters.country=de&filters.provider=self:twilio'),
    ).toHaveLength(1);
    expect(await records('delivery', 'filters.channel=call')).toHaveLength(1);
  });

  it.each(['messages', 'delivery'])(
    '%s are for reading: no form, no deletion',
    async (resource) => {
      const before: unknown = await app.db.query('SELECT * FROM sent_messages');
      const { id, recordActions } = (await list(resource)).json.records![0]!;
      expect(recordActions.map(({ name }) => name)).toEqual(
        resource === 'messages' ? ['show'] : [],
      );
      for (const path of [`records/${id}/edit`, `records/${id}/delete`, 'actions/new']) {
        const { json } = await staff.send(`/resources/${resource}/${path}`, {
          status: 'delivered',
        });
        expect(json.notice?.type ?? json.code).toMatch(/error|not_found/);
      }
      expect(await app.db.query('SELECT * FROM sent_messages')).toEqual(before);
    },
  );

  it('a row of the delivery list is nothing to open', async () => {
    const { json, text } = await staff.read(
      '/resources/delivery/records/2026-03-01~self:twilio~sms~DE/show',
    );
    expect(json.record?.params ?? {}).toEqual({});
    expect(text).not.toContain('"sent"');
  });

  it.each(['messages', 'delivery'])('refuse staff without messages.view: %s', async (resource) => {
    const id = resource === 'messages' ? '1' : '2026-03-01~self:twilio~sms~DE';
    const { json } = await list(resource, '', outsider);
    expect([json.notice?.type, json.records, json.meta?.total ?? 0]).toEqual(['error', [], 0]);
    expect(
      (await outsider.read(`/resources/${resource}/actions/search/a`)).json.records ?? [],
    ).toEqual([]);
    expect(
      (await outsider.read(`/resources/${resource}/records/${id}/show`)).json.record?.params ?? {},
    ).toEqual({});
    const named = async (person: StaffPerson) =>
      (await person.read('/dashboard')).text.includes(`"${resource}"`);
    expect([await named(staff), await named(outsider)]).toEqual([true, false]);
  });
});
