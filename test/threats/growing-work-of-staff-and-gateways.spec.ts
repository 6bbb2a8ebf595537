// Loaded beforehand: Jest cannot load several modules late and at once that share others.
import '../../src/messaging/vendors/aws/aws.sender.js';
import '../../src/messaging/vendors/http/http.sender.js';
import '../../src/messaging/vendors/messagebird/messagebird.sender.js';
import '../../src/messaging/vendors/plivo/plivo.sender.js';
import '../../src/messaging/vendors/twilio/twilio.sender.js';
import '../../src/messaging/vendors/vonage/vonage.sender.js';
import { account, StaffPerson, superuser } from '../admin/staff-person.js';
import { startApp, type TestApp } from '../support/start-app.js';
import { hostileBody, hostileStrings, type Hostile } from '../support/work/hostile.js';
import { panelFields, unreadFilter, unreadForm } from '../support/work/panel-fields.js';
import { excesses } from '../support/work/work.js';

const ROOM = 99_000;
const bytesOf = (text: string) => Buffer.byteLength(text);
/**
 * Of all kinds those that cost most where a limit is missing: each request of the panel takes long
 * by itself.
 */
const worst = (room: number, bytes: (text: string) => number) =>
  hostileStrings(room, bytes).filter(({ name }) =>
    ['letters', 'marks', '"a-"', '"\ufdfa"'].includes(name),
  );
const FORM = 'application/x-www-form-urlencoded';
/** Every gateway that reports, with accounts of nobody. */
const GATEWAYS = {
  VERIFICATION_PROVIDER: 'self:twilio,self:vonage,self:messagebird,self:plivo,self:aws,self:http',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'x'.repeat(32),
  TWILIO_FROM: '+14155550100',
  VONAGE_API_KEY: 'key',
  VONAGE_API_SECRET: 'secret',
  VONAGE_FROM: 'Ringback',
  VONAGE_SIGNATURE_SECRET: 'signature',
  MESSAGEBIRD_ACCESS_KEY: 'key',
  MESSAGEBIRD_FROM: 'Ringback',
  MESSAGEBIRD_SIGNING_KEY: 'signing',
  PLIVO_AUTH_ID: 'MA000000000000000000',
  PLIVO_AUTH_TOKEN: 'token',
  PLIVO_FROM: '+14155550100',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'id',
  AWS_SECRET_ACCESS_KEY: 'key',
  AWS_SMS_FROM: 'Ringback',
  AWS_SMS_CONFIGURATION_SET: 'set',
  AWS_SMS_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:receipts',
  HTTP_SMS_URL: 'https://gateway.example/send',
  HTTP_SMS_BODY: '{"to":"{to}","text":"{text}"}',
  HTTP_SMS_RECEIPT_SECRET: 's'.repeat(32),
};

describe('work that grows faster than its input, in callbacks of gateways', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ environment: GATEWAYS });
  });
  afterAll(() => app.close());

  const reference = 'A'.repeat(22);
  const post = (url: string, payload: string, headers: Record<string, string>) =>
    app.app.inject({ method: 'POST', url, payload, headers });
  const senders = ['twilio', 'vonage', 'messagebird', 'plivo', 'http'];
  const own = senders.map((sender) => `/delivery/${sender}/${reference}`);
  const paths = [...own, '/delivery/aws', `/delivery/plivo/calls/en/${reference}`];
  const unread = (text: string) => post('/delivery/nobody', text, { 'content-type': FORM });

  it('reaches every sender there is', async () => {
    for (const path of paths)
      expect([path, (await post(path, 'a=b', { 'content-type': FORM })).statusCode]).toEqual([
        path,
        403,
      ]);
  });

  it.each([ROOM, 16_000])('is nowhere in their bodies of %d bytes', async (room) => {
    const names = Array.from({ length: room / 6 }, (_, index) => `k${index}`);
    const forms = ['&', 'a&', 'a=b&', '%', '%41', '='].map((unit) =>
      unit.repeat(room / unit.length),
    );
    const json = ['[', '{"a":', '"', '\\"', ' ', '1,'].map((unit) =>
      unit.repeat(room / unit.length),
    );
    const message = (text: string) =>
      JSON.stringify({
        Type: 'Notification',
        MessageId: text,
        TopicArn: GATEWAYS.AWS_SMS_TOPIC_ARN,
        Message: text,
        Timestamp: text,
        SignatureVersion: '1',
        Signature: text,
        SigningCertURL: text,
      });
    const kinds = (bodies: string[]): Hostile[] => bodies.map(hostileBody);
    const signed = {
      'x-twilio-signature': 'x',
      'x-plivo-signature-v3': 'x',
      'x-plivo-signature-v3-nonce': 'x',
      'x-signature': 'x',
    };
    const into = (type: string) =>
      paths.map((path) => ({
        name: `${path} ${type}`,
        send: (text: string) => post(path, text, { ...signed, 'content-type': type }),
      }));
    const plain = { send: unread, as: 'plain letters' as const };
    expect(await excesses(into(FORM), kinds([...forms, names.join('&')]), plain)).toEqual([]);
    const keys = `{${names.map((name) => `"${name}":[]`).join()}}`.slice(0, room);
    expect(
      await excesses(
        into('application/json'),
        kinds([...json, keys, message('a'.repeat(room / 6))]),
        plain,
      ),
    ).toEqual([]);
  });

  it('is nowhere in their headers and queries', async () => {
    const long = ['a,', '.', '=', '%41', 'a=b&', '&'].map((unit) =>
      hostileBody(unit.repeat(12_000 / unit.length)),
    );
    const headers = [
      'x-twilio-signature',
      'x-plivo-signature-v2',
      'x-plivo-signature-v3',
      'x-plivo-signature-ma-v3',
      'x-plivo-signature-v3-nonce',
      'messagebird-signature-jwt',
      'x-signature',
      'x-timestamp',
      'x-amz-sns-message-type',
    ];
    const fields = headers.flatMap((name) =>
      senders.map((sender) => ({
        name: `${sender} ${name}`,
        send: (text: string) =>
          post(`/delivery/${sender}/${reference}`, 'a=b', { 'content-type': FORM, [name]: text }),
      })),
    );
    const queries = senders.map((sender) => ({
      name: `query of ${sender}`,
      send: (text: string) => app.app.inject(`/delivery/${sender}/${reference}?${text}`),
    }));
    const nobody = `/delivery/nobody/${reference}`;
    const inHeader = (text: string) =>
      app.app.inject({ url: nobody, headers: { 'x-unread': text } });
    const inQuery = (text: string) => app.app.inject(`${nobody}?${text}`);
    expect(await excesses(fields, long, { send: inHeader, as: 'the same bytes' })).toEqual([]);
    expect(await excesses(queries, long, { send: inQuery, as: 'the same bytes' })).toEqual([]);
  });
});

describe('work that grows faster than its input, in the panel', () => {
  let app: TestApp;
  let token: string;
  let id: number;
  beforeAll(async () => {
    app = await startApp();
    await superuser(app);
    ({ id } = await account(app, 'member'));
    token = (await StaffPerson.at(app, 'root')).token() ?? '';
  });
  afterAll(() => app.close());

  it('is nowhere in filters and forms', async () => {
    const { filters, forms } = await panelFields(app, token, id);
    const names = [...filters, ...forms].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'filter users username',
        'filter users phone_number',
        'panel users actions/new new_password',
        'panel groups actions/new name',
        `panel users records/${id}/edit full_name`,
      ]),
    );
    const inAddress = (text: string) => encodeURIComponent(Buffer.from(text).toString()).length;
    const unread = { send: unreadFilter(app, token), as: 'the same bytes' as const };
    expect(await excesses(filters, worst(12_000, inAddress), unread)).toEqual([]);
    const plain = { send: unreadForm(app, token), as: 'the same bytes' as const };
    for (const room of [4000, ROOM])
      expect(await excesses(forms, worst(room, bytesOf), plain)).toEqual([]);
  });
});
