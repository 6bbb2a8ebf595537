import { Clock } from '../../src/common/clock.js';
import { codeOf, newNonce, type CodeKeys } from '../../src/phone-verification/providers/code.js';
import { SelfProvider } from '../../src/phone-verification/providers/self.provider.js';
import { InboxSender } from '../../src/phone-verification/sms/inbox.sender.js';
import { messageText } from '../../src/phone-verification/sms/message-text.js';
import { challengeFor, providerContract } from './provider-contract.js';

const key = { id: 'k1', secret: Buffer.alloc(48, 7) };
const keys: CodeKeys = { for: () => ({ current: key, find: (id) => (id === key.id ? key : undefined) }) };

providerContract('self', () => {
  const inbox = new InboxSender(new Clock());
  return Promise.resolve({
    provider: new SelfProvider(keys, inbox, 'accounts.example.com'),
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
    const codes = Array.from({ length: 5000 }, (_, index) => codeOf(keys, `k1.${index}`, '+14155550100') ?? '');
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    for (const digit of '0123456789') {
      const share = codes.filter((code) => code.startsWith(digit)).length / codes.length;
      expect(share).toBeGreaterThan(0.07);
      expect(share).toBeLessThan(0.13);
    }
  });

  it('are gone with their key', async () => {
    const provider = new SelfProvider(keys, new InboxSender(new Clock()), 'accounts.example.com');
    const foreign = challengeFor('+14155550100', { nonce: 'k0.AAECAwQFBgcICQoLDA0ODw' });
    expect(await provider.start(foreign)).toEqual({ outcome: 'unavailable' });
    expect(await provider.check(foreign, '123456')).toEqual({ outcome: 'gone' });
  });
});

describe('the text of a message', () => {
  const text = messageText('012345', 'sms', 'accounts.example.com');

  it('begins with the code and ends with the line that binds it to the origin', () => {
    expect(text).toMatch(/^012345 /);
    expect(text.split('\n').at(-1)).toBe('@accounts.example.com #012345');
  });

  it('fits one GSM-7 segment', () => {
    expect(text.length).toBeLessThanOrEqual(160);
    expect(text).toMatch(/^[\x20-\x5a\x61-\x7a\n@#_]*$/);
  });

  it('speaks the digits one by one, twice', () => {
    expect(messageText('012345', 'call', 'accounts.example.com').match(/0, 1, 2, 3, 4, 5/g)).toHaveLength(2);
  });
});
