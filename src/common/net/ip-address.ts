import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** An address as proxies write it: bare, with a port, in brackets (RFC 7239, 6). */
const WITH_PORT = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/;

/**
 * The address in `text`, without port, brackets and zone; an IPv4 address in IPv6 clothes (RFC
 * 4291, 2.5.5.2) as the IPv4 address it is. Null for what names no address.
 */
export function plainAddress(text: string): string | null {
  if (isIPv4(text)) return text;
  const [, bracketed, dotted] = WITH_PORT.exec(text) ?? [];
  if (dotted !== undefined) return isIPv4(dotted) ? dotted : null;
  const address = (bracketed ?? text).replace(/%.*$/s, '').toLowerCase();
  if (!isIPv6(address)) return null;
  return mappedIPv4(groupsOf(address)) ?? address;
}

/** An IPv4 address itself, of an IPv6 address its /64: what one household or host is given. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const groups = groupsOf(address.replace(/%.*$/s, ''));
  return (
    mappedIPv4(groups) ??
    groups
      .slice(0, 4)
      .map((group) => group.toString(16))
      .join(':')
  );
}

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

/** The eight numbers of an IPv6 address, however it is spelled. */
function groupsOf(address: string): number[] {
  const [before = [], behind = []] = address.split('::').map(numbersOf);
  return [
    ...before,
    ...Array<number>(Math.max(0, 8 - before.length - behind.length)).fill(0),
    ...behind,
  ];
}

/** The IPv4 address that `::ffff:0:0/96` maps; null for any other. */
function mappedIPv4(groups: readonly number[]): string | null {
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return null;
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

function numbersOf(part: string): number[] {
  return part
    .split(':')
    .filter(Boolean)
    .flatMap((group) => {
      if (!group.includes('.')) return [parseInt(group, 16)];
      const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
      return [a * 256 + b, c * 256 + d];
    });
}
