import { Clock } from '../../src/common/clock.js';
import type { MessageTemplates } from '../../src/config/message-templates.js';
import { codeOf, newNonce, type CodeKeys } from '../../src/phone-verification/providers/code.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import { InboxSender } from '../../src/messaging/vendors/inbox/inbox.sender.js';
import { noticeMessage, noticeText } from '../../src/notices/notice-text.js';
import { challengeFor, providerContract } from './provider-contract.js';

const key = { id: 'k1', secret: Buffer.alloc(48, 7) };
const keys: CodeKeys = {
  for: () => ({ current: key, find: (id) => (id === key.id ? key : undefined) }),
};
const publicUrl = 'https://accounts.example.com';

providerContract('self', () => {
  const inbox = new InboxSender(new Clock());
  return Promise.resolve({
    provider: new SelfProvider({ keys, sender: inbox, publicUrl }),
    codeFor: ({ phoneNumber }) => inbox.messages(phoneNumber)[0]?.code ?? '',
    sentCount: () => inbox.messages().length,
    sentences: () => [],
  });
});

describe('codes made here', () => {
  it('differ by nonce and by number, and are the same for the same', () => {
    const nonce = newNonce(keys);
    const code = codeOf(keys, nonce, '+14155550100');
    expect(codeOf(keys, nonce, '+14155550100')).toBe(code);
    const others = new Set([
      codeOf(keys, newNonce(keys), '+14155550100'),
      codeOf(keys, newNonce(keys), '+14155550100'),
      codeOf(keys, nonce, '+14155550101'),
    ]);
    others.delete(code);
    expect(others.size).toBeGreaterThan(1);
  });

  it('spread evenly over all six-digit numbers, those that begin with zeros included', () => {
    const codes = Array.from(
      { length: 5000 },
      (_, index) => codeOf(keys, `k1.${index}`, '+14155550100') ?? '',
    );
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    for (const digit of '0123456789') {
      const share = codes.filter((code) => code.startsWith(digit)).length / codes.length;
      expect(share).toBeGreaterThan(0.07);
      expect(share).toBeLessThan(0.13);
    }
  });

  it('are gone with their key', async () => {
    const provider = new SelfProvider({ keys, sender: new InboxSender(new Clock()), publicUrl });
    const foreign = challengeFor('+14155550100', { nonce: 'k0.AAECAwQFBgcICQoLDA0ODw' });
    expect(await provider.start(foreign)).toEqual({ outcome: 'unavailable' });
    expect(await provider.check(foreign, '123456')).toEqual({ outcome: 'gone' });
  });
});

describe('a notice', () => {
  it('is a text without a code, in the language of the person, that names the host of PUBLIC_URL', () => {
    const sender = new InboxSender(new Clock());
    const notice = { phoneNumber: '+14155550100', kind: 'new_device', locale: 'es' } as const;
    const reference = 'r'.repeat(22);
    expect(noticeMessage(notice, { sender, publicUrl, reference })).toEqual({
      to: '+14155550100',
      channel: 'sms',
      code: '',
      locale: 'es',
      ttl: 86_400,
      reference,
      text: noticeText({ kind: 'new_device', locale: 'es', host: 'accounts.example.com' }),
    });
  });
});

describe('the text that goes out', () => {
  const send = async (
    change: Parameters<typeof challengeFor>[1],
    templates: MessageTemplates = {},
  ) => {
    const inbox = new InboxSender(new Clock());
    await new SelfProvider({ keys, sender: inbox, publicUrl, templates }).start(
      challengeFor('+14155550100', change),
    );
    return inbox.messages()[0]!;
  };

  it('is in the language of the person, and says so to the sender', async () => {
    const message = await send({ locale: 'pt-BR' });
    expect(message.locale).toBe('pt');
    expect(message.text).toContain(`${message.code} é o seu PIN do Ringback. Vale por 10 minutos.`);
    expect(message.text).toMatch(new RegExp(`\n@accounts\\.example\\.com #${message.code}$`));
  });

  it('is English for a language that is not spoken here', async () => {
    const { locale, text } = await send({ locale: 'sv' });
    expect(locale).toBe('en');
    expect(text).toContain('is your Ringback code');
  });

  it.each([
    [600, '10 minutes'],
    [599, '10 minutes'],
    [150, '3 minutes'],
    [60, '1 minute'],
    [0, '1 minute'],
  ])('with %i seconds left works for %s', async (ttl, time) => {
    expect((await send({ ttl })).text).toContain(`It works for ${time}.`);
  });

  it("is the operator's own in the languages that have one", async () => {
    const templates = { fr: '{code}, {minutes} min' };
    const message = await send({ locale: 'fr', ttl: 300 }, templates);
    expect(message.text).toBe(`${message.code}, 5 min\n@accounts.example.com #${message.code}`);
    expect((await send({ locale: 'en' }, templates)).text).toContain('is your Ringback code');
  });

  it('is spoken in the language of the person', async () => {
    const message = await send({ locale: 'de', channel: 'call' });
    expect(message.locale).toBe('de');
    expect(message.text).toMatch(/^Ihr Ringback-Code lautet \d, \d, \d, \d, \d, \d\./);
  });
});
