import { createHash } from "node:crypto";
import * as client from "openid-client";

import type { SignInProvider } from "#server/platform/sign-in-providers.ts";

/** Who somebody is elsewhere, as the house there vouches for it. */
export interface Known {
  /** Never given to another there. */
  subject: string;
  name: string;
  email: string | undefined;
  isVerified: boolean;
}

export interface Going {
  redirectUri: string;
  state: string;
  /** Known to us alone until the end (PKCE); the nonce comes from it. */
  verifier: string;
}

const patienceSeconds = 10;

const github = {
  issuer: "https://github.com",
  authorization_endpoint: "https://github.com/login/oauth/authorize",
  token_endpoint: "https://github.com/login/oauth/access_token",
};

const found = new Map<string, Promise<client.Configuration>>();

function configOf(provider: SignInProvider): Promise<client.Configuration> {
  const key = `${provider.issuer} ${provider.clientId}`;
  const config = found.get(key) ?? discover(provider);
  found.set(key, config);
  // A house that could not be reached is asked again the next time.
  config.catch(() => found.delete(key));
  return config;
}

async function discover({ issuer, clientId, clientSecret }: SignInProvider): Promise<client.Configuration> {
  if (!issuer) return new client.Configuration(github, clientId, clientSecret);
  const execute = issuer.startsWith("http:") ? [client.allowInsecureRequests] : [];
  const options = { execute, timeout: patienceSeconds };
  return client.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
}

/** LinkedIn gives no nonce back, and takes no PKCE from web applications; the state alone binds its answers to the browser. */
const isPlain = ({ id }: SignInProvider) => id === "linkedin";
const nonceOf = (verifier: string) => createHash("sha256").update(`nonce ${verifier}`).digest("base64url");

export const newVerifier = client.randomPKCECodeVerifier;

/** Where somebody goes to say who they are. */
export async function addressOf(provider: SignInProvider, { redirectUri, state, verifier }: Going): Promise<string> {
  const config = await configOf(provider);
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: provider.issuer ? "openid email profile" : "read:user user:email",
    state,
    ...(isPlain(provider)
      ? {}
      : { code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" }),
    ...(provider.issuer && !isPlain(provider) ? { nonce: nonceOf(verifier) } : {}),
  });
  return url.href;
}

/** Who came back; throws where the house there did not say so, or said it to somebody else. */
export async function whoCameBack(provider: SignInProvider, search: string, going: Going): Promise<Known> {
  const config = await configOf(provider);
  const tokens = await client.authorizationCodeGrant(config, new URL(`${going.redirectUri}?${search}`), {
    expectedState: going.state,
    ...(isPlain(provider) ? {} : { pkceCodeVerifier: going.verifier }),
    ...(provider.issuer && !isPlain(provider) ? { expectedNonce: nonceOf(going.verifier) } : {}),
    idTokenExpected: provider.issuer !== undefined,
  });
  const claims = tokens.claims();
  if (!claims) return askGithub(config, tokens.access_token);
  const more =
    claims.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, claims.sub)
      : {};
  const all: Record<string, unknown> = { ...more, ...claims };
  return {
    subject: claims.sub,
    name: typeof all.name === "string" ? all.name : "",
    email: typeof all.email === "string" ? all.email : undefined,
    // Microsoft's tenants put any address they like there, and say with another claim which they have verified.
    isVerified: provider.id === "microsoft" ? isTrue(all.xms_edov) : isTrue(all.email_verified),
  };
}

const isTrue = (claim: unknown) => claim === true || claim === "true" || claim === 1 || claim === "1";

async function askGithub(config: client.Configuration, token: string): Promise<Known> {
  const ask = async (path: string) => {
    const url = new URL(path, "https://api.github.com");
    const headers = new Headers({ accept: "application/vnd.github+json", "user-agent": "Plenary" });
    return (await client.fetchProtectedResource(config, token, url, "GET", undefined, headers)).json();
  };
  const user = (await ask("/user")) as { id: number; name: string | null; login: string };
  const emails = (await ask("/user/emails")) as { email: string; primary: boolean; verified: boolean }[];
  const primary = emails.find((one) => one.primary);
  return {
    subject: String(user.id),
    name: user.name ?? user.login,
    email: primary?.email,
    isVerified: primary?.verified === true,
  };
}
