import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const LOOPBACK = new Set(['localhost', '::1', '[::1]']);

/** Whether a host is this machine, as a name or an address of its own. */
export const isLoopback = (host: string): boolean =>
  LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);

/** Private and link-local addresses: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
const LOCAL = new BlockList();
for (const [address, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const)
  LOCAL.addSubnet(address, bits);
for (const [address, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  LOCAL.addSubnet(address, bits, 'ipv6');

/** Bridges of containers and virtual machines, and tunnels: no phone comes that way. */
const VIRTUAL = /^(docker|br-|veth|virbr|vbox|vmnet|tun|tap|utun|wg|cni|podman)/;

/**
 * Whether a host is an address of a local network, never a name: a name can be made to lead
 * anywhere.
 */
export function isLocalNetwork(host: string): boolean {
  const address = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  const version = isIP(address);
  return version !== 0 && LOCAL.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** This machine's IPv4 address in its local network, or null where it has none. */
export function localAddress(): string | null {
  const isVirtual = ([name]: [string, unknown]) => Number(VIRTUAL.test(name));
  const found = Object.entries(networkInterfaces()).sort(
    (left, right) => isVirtual(left) - isVirtual(right),
  );
  const addresses = found
    .flatMap(([, own]) => own ?? [])
    .filter(({ family }) => family === 'IPv4')
    .map(({ address }) => address);
  return addresses.find(isLocalNetwork) ?? null;
}
