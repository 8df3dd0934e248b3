import { BlockList, isIPv6 } from "node:net";

const own = new BlockList();
own.addSubnet("127.0.0.0", 8, "ipv4");
own.addSubnet("10.0.0.0", 8, "ipv4");
own.addSubnet("172.16.0.0", 12, "ipv4");
own.addSubnet("192.168.0.0", 16, "ipv4");
own.addAddress("::1", "ipv6");
own.addSubnet("fc00::", 7, "ipv6");

/**
 * The address that attempts are counted for. A proxy is believed only if this server is said to be behind one, and only if it speaks from
 * this machine or its network; of several proxies the nearest counts.
 */
export function clientAddress(peer: string, forwardedFor: string | null, behindProxy: boolean): string {
  if (!behindProxy || forwardedFor === null || !own.check(peer, isIPv6(peer) ? "ipv6" : "ipv4")) return counted(peer);
  return counted(forwardedFor.split(",").at(-1)?.trim() || peer);
}

/** Whoever has one IPv6 address has its whole network of 64 bits, so that the network is what counts. */
function counted(address: string): string {
  const url = isIPv6(address) ? URL.parse(`http://[${address}]`) : null;
  if (url === null || url.hostname.startsWith("[::ffff:")) return address;
  const [left = "", right] = url.hostname.slice(1, -1).split("::");
  const groups = left === "" ? [] : left.split(":");
  const last = right === undefined || right === "" ? [] : right.split(":");
  const zeros = Array.from({ length: 8 - groups.length - last.length }, () => "0");
  return `${[...groups, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}
