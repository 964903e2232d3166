import { lookup } from "node:dns";
import { type IncomingMessage, request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";

const [inner, outer, reserved] = [new BlockList(), new BlockList(), new BlockList()];
/** What no public house answers at (RFC 6890 and its registries). */
const closed = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`;
for (const [address = "", bits = ""] of closed.split(/\s+/).map((net) => net.split("/")))
  inner.addSubnet(address, Number(bits), "ipv4");
outer.addSubnet("2000::", 3, "ipv6");
for (const [address, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  reserved.addSubnet(address, bits, "ipv6");

/** Whether an address is one of the public network, and not of this machine or the house it stands in. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !inner.check(address, "ipv4");
  return family === 6 && outer.check(address, "ipv6") && !reserved.check(address, "ipv6");
}

/** Whether an address that a stranger named could be asked at all; where its name leads is asked at each connection. */
export function isOutside(url: string): boolean {
  const read = URL.parse(url);
  if (read?.protocol !== "https:" || read.username || read.password) return false;
  const host = read.hostname.replace(/^\[|\]$/g, "");
  return isIP(host)
    ? isPublicAddress(host)
    : host.includes(".") && !/\.(localhost|local|internal|home\.arpa)\.?$/.test(host);
}

/** An address that a stranger named leads nowhere that we go: trying again would not help. */
export class LeadsNowhere extends Error {}

/** Somebody outside is not there for us just now: nothing of ours is wrong, and later it may be otherwise. */
export class AwayForNow extends Error {}

/** Finds out where a name leads, and refuses one that leads inside: asked by the connection itself, so that nothing can change in between. */
export const lookUpOutside: LookupFunction = (host, options, done) =>
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error) return done(error.code === "ENOTFOUND" ? new LeadsNowhere("Nobody has this name.") : error, "");
    if (!found.every(({ address }) => isPublicAddress(address)))
      return done(new LeadsNowhere("This name does not lead outside."), "");
    const [first] = found;
    if (options.all || !first) return done(null, found);
    return done(null, first.address, first.family);
  });

interface Post {
  headers: Record<string, string | number>;
  body: Buffer;
}

const patienceMs = 10_000;

/**
 * Posts to an address that a stranger named, and says how it was answered; what it says besides is not read.
 *
 * Only over TLS and to public addresses, and nothing is followed. `trusts` names origins that may be inside.
 */
export async function postOutside(
  url: string,
  { headers, body }: Post,
  trusts: readonly string[] = [],
): Promise<number> {
  const isTrusted = trusts.includes(new URL(url).origin);
  if (!isTrusted && !isOutside(url)) throw new LeadsNowhere("This address is not outside.");
  const send = url.startsWith("https:") ? tlsRequest : plainRequest;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { method: "POST", headers, signal: AbortSignal.timeout(patienceMs), agent: false as const };
    send(url, isTrusted ? options : { ...options, lookup: lookUpOutside }, resolve)
      .on("error", (error) => reject(error instanceof LeadsNowhere ? error : new AwayForNow(error.message)))
      .end(body);
  });
  answer.destroy();
  return answer.statusCode ?? 0;
}
