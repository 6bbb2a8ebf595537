import { BlockList, isIPv6 } from 'node:net';

/** Addresses and networks (`10.0.0.0/8`), as TRUSTED_PROXIES names them. */
export class AddressList {
  private readonly list = new BlockList();

  constructor(ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = '', bits = isIPv6(range) ? '128' : '32'] = range.split('/');
      this.list.addSubnet(address, Number(bits), familyOf(address));
    }
  }

  /** Whether the address is among them; a plain one, in either family's spelling. */
  has(address: string): boolean {
    return this.list.check(address, familyOf(address));
  }
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
