import { AddressList } from './address-list.js';

describe('a list of addresses', () => {
  const list = new AddressList(['10.1.0.0/16', '192.0.2.7', 'fd00::/8', '::1']);

  it.each(['10.1.2.3', '192.0.2.7', 'fd12:3456::1', '::1'])('has %s', (address) =>
    expect(list.has(address)).toBe(true),
  );

  it.each(['10.2.0.1', '192.0.2.8', 'fe80::1', '::2', '127.0.0.1', ''])('has not %p', (address) =>
    expect(list.has(address)).toBe(false),
  );
});
