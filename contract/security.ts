import { z } from "zod";

import { Email, Next, SignedIn, TypedPassword } from "#contract/identity.ts";
import { route } from "#contract/route.ts";

const Nothing = z.object({});
/** Stands for what somebody has begun: from a letter, or from the answer before. */
const StepToken = z.string().min(1).max(200);

export const MagicInput = z.strictObject({
  email: Email,
  /** Where the letter's link leads after it has signed in. */
  next: Next.optional(),
});
export type MagicInput = z.infer<typeof MagicInput>;

export const TokenInput = z.strictObject({ token: StepToken });
export const ConfirmInput = z.strictObject({ password: TypedPassword });
export const EmailInput = z.strictObject({ email: Email });

/** Six digits of an authenticator program, or a recovery code. */
const Code = z.string().trim().min(6).max(20);
export const CodeInput = z.strictObject({ code: Code });
export const SecondStepInput = z.strictObject({
  /** What the refusal `auth.second_step` brought. */
  step: StepToken,
  code: Code,
});
export type SecondStepInput = z.infer<typeof SecondStepInput>;

export const FactorSetup = z.object({
  /** For a QR code: `otpauth://totp/…`. */
  uri: z.string(),
  /** The same secret, to be typed. */
  secret: z.string(),
});
export type FactorSetup = z.infer<typeof FactorSetup>;
const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const Entered = SignedIn.extend({ next: z.string().nullable() });

/** Ways in, for those who are not signed in yet. */
export const signIn = {
  askLink: route({
    method: "POST",
    path: "/auth/link",
    summary: "Ask for a letter whose link signs in; the answer is the same for every address",
    status: 202,
    who: "anyone",
    limit: 20,
    body: MagicInput,
    reply: Nothing,
    problems: ["request.invalid", "rate.limited", "mail.off"],
  }),
  useLink: route({
    method: "POST",
    path: "/auth/link/use",
    summary: "Sign in with the letter's link, which serves once",
    status: 200,
    who: "anyone",
    limit: 20,
    body: TokenInput,
    reply: Entered,
    problems: ["request.invalid", "auth.link_invalid", "auth.banned", "auth.second_step", "rate.limited"],
  }),
  second: route({
    method: "POST",
    path: "/auth/second",
    summary: "Show the second factor, or a recovery code, and sign in",
    status: 200,
    who: "anyone",
    limit: 20,
    body: SecondStepInput,
    reply: Entered,
    problems: ["request.invalid", "auth.link_invalid", "auth.code_wrong", "auth.banned", "rate.limited"],
  }),
  confirmEmail: route({
    method: "POST",
    path: "/auth/email/confirm",
    summary: "Make the new address the account's own, with the link of the letter to it",
    status: 204,
    who: "anyone",
    limit: 20,
    body: TokenInput,
    reply: z.undefined(),
    problems: ["request.invalid", "auth.link_invalid", "rate.limited"],
  }),
};

/** How I sign in, as I see it myself. */
export const Security = z.object({
  email: z.string(),
  hasPassword: z.boolean(),
  secondFactor: z.object({ since: z.iso.datetime(), codesLeft: z.int() }).nullable(),
  /** Until when changes are taken without asking again. */
  confirmedUntil: z.iso.datetime().nullable(),
});
export type Security = z.infer<typeof Security>;

/** What changes how I sign in. All of it asks for a password or a passkey shown in the last ten minutes. */
export const security = {
  get: route({
    method: "GET",
    path: "/me/security",
    summary: "How I sign in",
    status: 200,
    who: "signedIn",
    reply: Security,
    problems: ["auth.required"],
  }),
  confirm: route({
    method: "POST",
    path: "/auth/confirm",
    summary: "Show my password once more; changes are taken for ten minutes then",
    status: 204,
    who: "signedIn",
    limit: 20,
    body: ConfirmInput,
    reply: z.undefined(),
    problems: ["auth.required", "request.invalid", "auth.wrong", "rate.limited"],
  }),
  changeEmail: route({
    method: "POST",
    path: "/me/email",
    summary: "Ask for another address; a letter to it brings the link that makes it mine",
    status: 202,
    who: "signedIn",
    limit: 20,
    body: EmailInput,
    reply: Nothing,
    problems: ["auth.required", "auth.confirm_needed", "request.invalid", "rate.limited", "mail.off"],
  }),
  beginFactor: route({
    method: "POST",
    path: "/me/second-factor",
    summary: "Begin to set up a second factor; it counts from its first right code on",
    status: 200,
    who: "signedIn",
    limit: 20,
    reply: FactorSetup,
    problems: ["auth.required", "auth.confirm_needed", "factor.on", "rate.limited"],
  }),
  confirmFactor: route({
    method: "POST",
    path: "/me/second-factor/confirm",
    summary: "Put the second factor into force; the recovery codes are told this once",
    status: 200,
    who: "signedIn",
    limit: 20,
    body: CodeInput,
    reply: RecoveryCodes,
    problems: ["auth.required", "auth.confirm_needed", "auth.code_wrong", "factor.on", "factor.off", "rate.limited"],
  }),
  removeFactor: route({
    method: "DELETE",
    path: "/me/second-factor",
    summary: "Take the second factor away",
    status: 204,
    who: "signedIn",
    reply: z.undefined(),
    problems: ["auth.required", "auth.confirm_needed", "factor.off"],
  }),
  newCodes: route({
    method: "POST",
    path: "/me/second-factor/codes",
    summary: "Make new recovery codes; the old ones are void",
    status: 200,
    who: "signedIn",
    limit: 20,
    reply: RecoveryCodes,
    problems: ["auth.required", "auth.confirm_needed", "factor.off", "rate.limited"],
  }),
};
