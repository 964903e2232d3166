import type { KeyObject } from "node:crypto";
import { resolve } from "node:path";
import { z } from "zod";

import { isLoopbackHost, reachableHost } from "#server/platform/addresses.ts";
import {
  derivedSecrets,
  keptSecret,
  newSecret,
  newTicketKey,
  readTicketKey,
  type Secrets,
} from "#server/platform/secrets.ts";
import { providerEnvironment, providersOf, type SignInProvider } from "#server/platform/sign-in-providers.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

const allRoles = ["web", "realtime", "worker"] as const;
export type Role = (typeof allRoles)[number];

/** A bucket of ours, at Amazon or at anybody who speaks as Amazon does. */
export interface Bucket {
  name: string;
  /** Without one, Amazon's own. */
  endpoint?: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** Everything that may differ between two installations; read once, at the start, and handed down. */
export interface Settings {
  port: number;
  /** "localhost" stands for both loopback families. */
  host: string;
  /** The address people use, without a slash at its end. */
  publicUrl: string;
  /** Nobody but this machine can reach us: only then are letters shown, demo data made and secrets invented lightly. */
  isLoopback: boolean;
  databaseUrl?: string;
  redisUrl?: string;
  smtpUrl?: string;
  mailFrom: string;
  /** Addresses and networks whose `X-Forwarded-…` we believe. */
  trustedProxy: string[];
  mediaAddress?: string;
  mediaUdpPort: number;
  mediaTcpPort: number;
  livekitUrl?: string;
  livekitApiKey?: string;
  livekitApiSecret?: string;
  livekitBin?: string;
  /** A file or address that holds the official release, instead of its own site. */
  livekitRelease?: string;
  /** What that must hash to; left out, it must be the official archive. */
  livekitReleaseSha256?: string;
  dataDir: string;
  /** Where uploads lie, when not in the data folder. */
  bucket?: Bucket;
  demo: boolean;
  /** Names a file with an offset in milliseconds: tests travel in time by it. */
  clockFile?: string;
  /** Where what is done is told (OpenTelemetry, OTLP over HTTP), and what this house is called there. */
  otlpEndpoint?: string;
  serviceName: string;
  /** Who brings it may read `/metrics`. */
  metricsToken?: string;
  production: boolean;
  dev: boolean;
  /** Houses elsewhere whose accounts open accounts here. */
  signInProviders: readonly SignInProvider[];
  secrets: Secrets;
  /** Signs the QR codes (Ed25519). */
  ticketKey: KeyObject;
  roles: readonly Role[];
  logLevel: string;
}

const port = (fallback: number) =>
  z.coerce
    .number("must be a number from 0 to 65535")
    .int("must be a whole number from 0 to 65535")
    .min(0, "must be a number from 0 to 65535")
    .max(65535, "must be a number from 0 to 65535")
    .default(fallback);

const url = (...protocols: string[]) =>
  z.string().refine((text) => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ""), {
    error: `must be an address that begins with ${protocols.map((protocol) => `${protocol}://`).join(" or ")}`,
  });

const address = z.union([z.ipv4(), z.ipv6()], "must be an IP address");
const proxy = z.union(
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(["loopback", "linklocal", "uniquelocal"])],
  "must be a list of IP addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal",
);

const Environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: port(3000),
  HOST: z.string().default("localhost"),
  PUBLIC_URL: url("http", "https").optional(),
  DATABASE_URL: url("postgres", "postgresql").optional(),
  REDIS_URL: url("redis", "rediss").optional(),
  SMTP_URL: url("smtp", "smtps").optional(),
  MAIL_FROM: z.string().optional(),
  TRUSTED_PROXY: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(proxy))
    .default([]),
  MEDIA_ADDRESS: address.optional(),
  MEDIA_UDP_PORT: port(7882),
  MEDIA_TCP_PORT: port(7881),
  LIVEKIT_URL: url("ws", "wss", "http", "https").optional(),
  LIVEKIT_API_KEY: z.string().optional(),
  LIVEKIT_API_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  LIVEKIT_BIN: z.string().optional(),
  LIVEKIT_RELEASE: z.string().optional(),
  LIVEKIT_RELEASE_SHA256: z.hash("sha256", { error: "must be a SHA-256 checksum, 64 hexadecimal digits" }).optional(),
  PLENARY_DATA: z.string().default(".plenary"),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket")
    .optional(),
  S3_ENDPOINT: url("http", "https").optional(),
  AWS_REGION: z.string().default("us-east-1"),
  AWS_ACCESS_KEY_ID: z.string().optional(),
  AWS_SECRET_ACCESS_KEY: z.string().optional(),
  PLENARY_DEMO: z.enum(["on", "off"], "must be on or off").default("on"),
  PLENARY_CLOCK: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url("http", "https").optional(),
  OTEL_SERVICE_NAME: z.string().default("plenary"),
  METRICS_TOKEN: z.string().min(16, "must have at least 16 characters").optional(),
  PLENARY_SECRET: z.string().optional(),
  JWT_SECRET: z.string().optional(),
  PLENARY_TICKET_KEY: z.string().optional(),
  ...providerEnvironment,
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], "must be a pino level").optional(),
});
type Environment = z.infer<typeof Environment>;

/** Reads the environment and the command line, once; what it cannot accept ends the start with one sentence. */
export function readSettings(
  env: NodeJS.ProcessEnv = process.env,
  args: readonly string[] = process.argv.slice(2),
): Settings {
  const read = readEnvironment(env);
  const production = read.NODE_ENV === "production";
  const publicUrl = (read.PUBLIC_URL ?? `http://${reachableHost(read.HOST)}:${read.PORT}`).replace(/\/+$/, "");
  const isLoopback = isLoopbackHost(new URL(publicUrl).hostname) && isLoopbackHost(read.HOST);
  const dataDir = resolve(read.PLENARY_DATA);
  if (production && read.PLENARY_CLOCK) throw new Unstartable("PLENARY_CLOCK is for tests: unset it in production.");
  checkLivekit(read);
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl,
    isLoopback,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM ?? `plenary@${new URL(publicUrl).hostname}`,
    trustedProxy: read.TRUSTED_PROXY,
    mediaAddress: read.MEDIA_ADDRESS,
    mediaUdpPort: read.MEDIA_UDP_PORT,
    mediaTcpPort: read.MEDIA_TCP_PORT,
    livekitUrl: read.LIVEKIT_URL,
    livekitApiKey: read.LIVEKIT_API_KEY,
    livekitApiSecret: read.LIVEKIT_API_SECRET,
    livekitBin: read.LIVEKIT_BIN,
    livekitRelease: read.LIVEKIT_RELEASE,
    livekitReleaseSha256: read.LIVEKIT_RELEASE_SHA256,
    dataDir,
    bucket: bucketOf(read),
    demo: read.PLENARY_DEMO === "on" && isLoopback,
    clockFile: read.PLENARY_CLOCK,
    otlpEndpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT,
    serviceName: read.OTEL_SERVICE_NAME,
    metricsToken: read.METRICS_TOKEN,
    production,
    dev: args.includes("--dev"),
    signInProviders: providersOf(read),
    ...secretsOf(read, dataDir, production),
    roles: rolesOf(args),
    logLevel: read.LOG_LEVEL ?? (production ? "info" : "warn"),
  };
}

function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  // Compose files hand on `SMTP_URL=` for what is not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const result = Environment.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Unstartable(`The setting ${String(issue?.path[0])} ${issue?.message}.`);
}

function checkLivekit(read: Environment): void {
  if (read.LIVEKIT_URL && !(read.LIVEKIT_API_KEY && read.LIVEKIT_API_SECRET)) {
    throw new Unstartable("LIVEKIT_URL needs LIVEKIT_API_KEY and LIVEKIT_API_SECRET beside it.");
  }
}

function bucketOf(read: Environment): Bucket | undefined {
  const { S3_BUCKET: name, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = read;
  if (!name) return undefined;
  if (!accessKeyId || !secretAccessKey) {
    throw new Unstartable("S3_BUCKET needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it.");
  }
  return { name, endpoint: read.S3_ENDPOINT, region: read.AWS_REGION, accessKeyId, secretAccessKey };
}

function secretsOf(read: Environment, dataDir: string, production: boolean): Pick<Settings, "secrets" | "ticketKey"> {
  const kept = (name: string, given: string | undefined, make: () => string) =>
    given ?? keptSecret({ dataDir, name, make, production });
  const secret = kept("PLENARY_SECRET", read.PLENARY_SECRET ?? read.JWT_SECRET, newSecret);
  return {
    secrets: derivedSecrets(secret),
    ticketKey: readTicketKey(kept("PLENARY_TICKET_KEY", read.PLENARY_TICKET_KEY, newTicketKey)),
  };
}

function rolesOf(args: readonly string[]): Role[] {
  const given = args.find((arg) => arg.startsWith("--roles="))?.slice("--roles=".length);
  if (given === undefined) return [...allRoles];
  const result = z.array(z.enum(allRoles)).min(1).safeParse(given.split(","));
  if (!result.success) throw new Unstartable(`--roles= takes any of ${allRoles.join(",")}, not "${given}".`);
  return result.data;
}
