import fc from 'fast-check';
import { isIP } from 'node:net';
import { AddressList, networkOf, plainAddress } from './ip-address.js';

describe('an address as it stands in a header', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[203.0.113.7]', null],
    ['2001:DB8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['[fe80::1%25eth0]:80', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:80', '203.0.113.7'],
    ['::203.0.113.7', '::203.0.113.7'],
    ['', null],
    ['junk', null],
    ['unknown', null],
    ['_hidden', null],
    ['203.0.113', null],
    ['203.0.113.256', null],
    ['0x7f.1', null],
    ['2130706433', null],
    ['010.0.0.1', null],
    ['1.2.3.4:', null],
    ['1.2.3.4:123456', null],
    ['[]', null],
    ['[::1', null],
    ['::1]', null],
    ['1.2.3.4, 5.6.7.8', null],
    [' 1.2.3.4', null],
    ['1.2.3.4\n', null],
    ['1.2.3.4%eth0', null],
    ['::1%', '::1'],
    ['%', null],
    [`${'1'.repeat(60)}.1.1.1`, null],
  ])('%j is %j', (text, address) => expect(plainAddress(text)).toBe(address));

  it('is an address or null, whatever was sent, and never dressed as another kind', () => {
    const parts = fc.constantFrom(
      '1.2.3.4',
      '::1',
      '::ffff:',
      '[',
      ']',
      ':80',
      '%',
      'eth0',
      ',',
      ' ',
      'f',
      '0',
      ':',
      '.',
      '255',
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: parts, maxLength: 8 }),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(text, (sent) => {
        const address = plainAddress(sent);
        if (address === null) return;
        expect(isIP(address)).toBeGreaterThan(0);
        expect(plainAddress(address)).toBe(address);
        expect(networkOf(address)).not.toMatch(/[%\][]/);
      }),
    );
  });
});

describe('an IPv6 network', () => {
  const full = (groups: readonly number[]) =>
    groups.map((group) => group.toString(16).padStart(4, '0')).join(':');
  // As a URL has it: zeros left out, the longest run of them as `::`.
  const short = (groups: readonly number[]) =>
    new URL(`http://[${full(groups)}]`).hostname.slice(1, -1);
  const group = fc.oneof(fc.constant(0), fc.nat(0xffff));

  it('is the same for every spelling and every host of it, and another one for every other /64', () => {
    const halves = fc.array(group, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(halves, halves, halves, (network, host, other) => {
        const isMapped = [...network, ...host].join().startsWith('0,0,0,0,0,65535,');
        fc.pre(!isMapped && ![...network, ...other].join().startsWith('0,0,0,0,0,65535,'));
        const spellings = [full, (all: number[]) => full(all).toUpperCase(), short];
        const spelled = spellings.map((spell) => networkOf(spell([...network, ...host])));
        expect(new Set([...spelled, networkOf(short([...network, ...other]))]).size).toBe(1);
        const next = [...network.slice(0, 3), (network[3] ?? 0) ^ 1];
        expect(networkOf(short([...next, ...host]))).not.toBe(spelled[0]);
      }),
    );
  });

  it('of a mapped IPv4 address is that address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => expect(networkOf(`::ffff:${address}`)).toBe(address)),
    );
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', ''],
  ])('of %s is %s', (address, network) => expect(networkOf(address)).toBe(network));

  it('is one for all addresses of a household', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff:ffff:ffff:ffff'));
  });
});

describe('a list of addresses', () => {
  const list = new AddressList(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1']);

  it.each(['10.1.2.3', '192.0.2.7', 'fd12:3456::1', '::1'])('has %s', (address) =>
    expect(list.has(address)).toBe(true),
  );

  it.each(['10.2.0.1', '192.0.2.8', 'fe80::1', '::2', '127.0.0.1', ''])('has not %p', (address) =>
    expect(list.has(address)).toBe(false),
  );
});
