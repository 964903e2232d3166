import { z } from "zod";

import { Unstartable } from "#server/platform/unstartable.ts";

/** A house elsewhere whose accounts open accounts here. */
export interface SignInProvider {
  id: "oidc" | "google" | "microsoft" | "github" | "linkedin";
  /** As its button calls it. */
  name: string;
  /** Where OpenID Connect finds everything else; GitHub speaks OAuth alone. */
  issuer: string | undefined;
  clientId: string;
  clientSecret: string;
}

/** Those with an address of their own: two settings each, `GOOGLE_CLIENT_ID` and `GOOGLE_CLIENT_SECRET`. */
const known = [
  { id: "google", name: "Google", issuer: "https://accounts.google.com" },
  { id: "microsoft", name: "Microsoft", issuer: "https://login.microsoftonline.com/common/v2.0" },
  { id: "github", name: "GitHub", issuer: undefined },
  { id: "linkedin", name: "LinkedIn", issuer: "https://www.linkedin.com/oauth" },
] as const;

const some = z.string().optional();

/** The part of the environment that names them. */
export const providerEnvironment = {
  OIDC_ISSUER: z.url("must be an address").optional(),
  OIDC_NAME: z.string().default("Single sign-on"),
  OIDC_CLIENT_ID: some,
  OIDC_CLIENT_SECRET: some,
  GOOGLE_CLIENT_ID: some,
  GOOGLE_CLIENT_SECRET: some,
  MICROSOFT_CLIENT_ID: some,
  MICROSOFT_CLIENT_SECRET: some,
  GITHUB_CLIENT_ID: some,
  GITHUB_CLIENT_SECRET: some,
  LINKEDIN_CLIENT_ID: some,
  LINKEDIN_CLIENT_SECRET: some,
};

type Given = z.infer<z.ZodObject<typeof providerEnvironment>>;

/** The providers that are configured, in the order of their buttons. */
export function providersOf(given: Given): SignInProvider[] {
  const { OIDC_ISSUER, OIDC_NAME } = given;
  const own = { id: "oidc", name: OIDC_NAME, issuer: OIDC_ISSUER } as const;
  return [...(OIDC_ISSUER ? [own] : []), ...known].flatMap((one) => {
    const prefix = one.id.toUpperCase() as Uppercase<typeof one.id>;
    const clientId = given[`${prefix}_CLIENT_ID`];
    const clientSecret = given[`${prefix}_CLIENT_SECRET`];
    if (!clientId && !clientSecret) return [];
    if (!clientId || !clientSecret) {
      throw new Unstartable(`${prefix}_CLIENT_ID and ${prefix}_CLIENT_SECRET are set together or not at all.`);
    }
    return [{ ...one, clientId, clientSecret }];
  });
}
