// Which addresses a request may go to at all (security row 28): asked before anything leaves the machine.
import { BlockList, isIP, isIPv6 } from 'node:net';

/** A network and the length of its prefix. */
type Subnet = readonly [network: string, prefix: number];

/** Where clouds answer for credentials, by name. */
const METADATA_NAMES = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
]);

const METADATA = blockList([
  // The whole link-local range: AWS, Azure, Google Cloud and others answer in it (169.254.169.254, 169.254.170.2).
  ['169.254.0.0', 16],
  // Alibaba Cloud, Azure's wire server, Oracle's classic cloud.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  ['fe80::', 10],
  // AWS and Google Cloud over IPv6.
  ['fd00:ec2::', 32],
  ['fd20:ce::254', 128],
  // The IPv4 ones as NAT64 (RFC 6052, RFC 8215), 6to4 (RFC 3056) and the old "compatible" form write them.
  ['64:ff9b::a9fe:0', 112],
  ['64:ff9b:1::a9fe:0', 112],
  ['2002:a9fe::', 32],
  ['::a9fe:0', 112],
  ...['6464:64c8', 'a83f:8110', 'c000:c0'].flatMap((address): Subnet[] => [
    [`64:ff9b::${address}`, 128],
    [`64:ff9b:1::${address}`, 128],
    [`2002:${address}::`, 48],
    [`::${address}`, 128],
  ]),
]);

const METADATA_REASON = 'belongs to a cloud’s metadata service, which Assay never asks';

const HTTP_REASON = 'is http, not https';

const LOOPBACK = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

/**
 * Says why no request may go to `url`, as the end of the sentence "the address …"; null when one may. The URL is parsed by WHATWG's rules
 * already, so `2852039166`, `0xa9fe.0xa9fe` and full-width digits are all 169.254.169.254 here; IPv4 inside IPv6 is looked through.
 *
 * @param allowHttp whether the operator allowed http for hosts other than this machine
 */
export function refuseAddress(url: URL, allowHttp: boolean): string | null {
  const host = plainHost(url);
  if (METADATA_NAMES.has(host) || listed(METADATA, host)) {
    return METADATA_REASON;
  }
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'is neither https nor http';
  if (allowHttp || isLoopback(host)) return null;
  return HTTP_REASON;
}

/**
 * Says whether a name leads where no request may go, once it is known which addresses it stands for; as the end of the same sentence. What was
 * let through as this machine has to be this machine.
 */
export function refuseResolved(addresses: readonly string[], url: URL, allowHttp: boolean): string | null {
  if (addresses.some((address) => listed(METADATA, address))) return METADATA_REASON;
  if (allowHttp || url.protocol !== 'http:') return null;
  return addresses.every((address) => listed(LOOPBACK, address)) ? null : HTTP_REASON;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || listed(LOOPBACK, host);
}

/** Without brackets and without the dot that ends a fully qualified name. */
function plainHost(url: URL): string {
  const host = url.hostname.toLowerCase();
  return host.startsWith('[') ? host.slice(1, -1) : host.replace(/\.+$/, '');
}

/** BlockList itself looks through IPv4-mapped IPv6 (::ffff:a9fe:a9fe). */
function listed(list: BlockList, host: string): boolean {
  if (isIP(host) === 0) return false;
  return list.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
}

function blockList(subnets: readonly Subnet[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, isIPv6(network) ? 'ipv6' : 'ipv4');
  return list;
}
