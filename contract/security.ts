import { z } from "zod";

import { MaybeToken, Next, SignedIn, TokenWish, TypedPassword } from "#contract/identity.ts";
import { route } from "#contract/route.ts";
import { Email, Line } from "#contract/values.ts";

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

/** What a browser's `navigator.credentials` wants, and what it answers: the standard's own shapes, read by its library. */
const PasskeyOptions = z.record(z.string(), z.unknown());
const PasskeyAnswer = z.record(z.string().max(60), z.unknown());
export const PasskeyStep = z.object({ step: z.string(), options: PasskeyOptions });
export type PasskeyStep = z.infer<typeof PasskeyStep>;
export const UsePasskeyInput = z.strictObject({ step: StepToken, response: PasskeyAnswer });
export type UsePasskeyInput = z.infer<typeof UsePasskeyInput>;
const PasskeyName = Line.min(1).max(60);
export const AddPasskeyInput = UsePasskeyInput.extend({ name: PasskeyName });
export type AddPasskeyInput = z.infer<typeof AddPasskeyInput>;
export const PasskeyNameInput = z.strictObject({ name: PasskeyName });
export const PasskeyView = z.object({
  id: z.uuid(),
  name: z.string(),
  /** A password manager keeps it on several devices. */
  isSynced: z.boolean(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type PasskeyView = z.infer<typeof PasskeyView>;

const ProviderId = z.enum(["oidc", "google", "microsoft", "github", "linkedin"]);
export type ProviderId = z.infer<typeof ProviderId>;
const OfProvider = z.strictObject({ id: ProviderId });
export const ProviderBeginInput = z.strictObject({ next: Next.optional() });
export const ProviderEndInput = z.strictObject({
  /** What stood behind the question mark when the browser came back. */
  search: z.string().max(8000),
});
export type ProviderEndInput = z.infer<typeof ProviderEndInput>;
export const LinkedAccount = z.object({
  id: z.uuid(),
  provider: z.string(),
  name: z.string(),
  /** Its address there, or its name. */
  label: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type LinkedAccount = z.infer<typeof LinkedAccount>;

export const Entered = SignedIn.extend({ next: z.string().nullable() });

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
    query: TokenWish,
    body: SecondStepInput,
    reply: Entered.extend(MaybeToken.shape),
    problems: ["request.invalid", "auth.link_invalid", "auth.code_wrong", "auth.banned", "rate.limited"],
  }),
  askPasskey: route({
    method: "POST",
    path: "/auth/passkey",
    summary: "Begin to sign in with a passkey, or to confirm with one",
    status: 200,
    who: "anyone",
    limit: 60,
    reply: PasskeyStep,
    problems: ["rate.limited"],
  }),
  usePasskey: route({
    method: "POST",
    path: "/auth/passkey/use",
    summary: "Sign in with a passkey",
    status: 200,
    who: "anyone",
    limit: 20,
    body: UsePasskeyInput,
    reply: Entered,
    problems: ["request.invalid", "auth.link_invalid", "passkey.refused", "auth.banned", "rate.limited"],
  }),
  providers: route({
    method: "GET",
    path: "/auth/providers",
    summary: "The houses elsewhere whose accounts open accounts here",
    status: 200,
    who: "anyone",
    reply: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })), nextCursor: z.null() }),
    problems: [],
  }),
  beginProvider: route({
    method: "POST",
    path: "/auth/providers/:id/begin",
    summary: "Begin to sign in with an account elsewhere; for who is signed in, to link it",
    status: 200,
    who: "anyone",
    limit: 20,
    params: OfProvider,
    body: ProviderBeginInput,
    /** Keep the step in the browser: it must come back as `state`. */
    reply: z.object({ url: z.string(), step: z.string() }),
    problems: ["request.invalid", "provider.not_found", "provider.refused", "auth.confirm_needed", "rate.limited"],
  }),
  endProvider: route({
    method: "POST",
    path: "/auth/providers/:id/end",
    summary: "Come back from there, signed in or linked",
    status: 200,
    who: "anyone",
    limit: 20,
    params: OfProvider,
    body: ProviderEndInput,
    reply: Entered,
    problems: [
      "request.invalid",
      "auth.link_invalid",
      "auth.banned",
      "auth.second_step",
      "provider.not_found",
      "provider.refused",
      "provider.unverified",
      "provider.taken",
      "rate.limited",
    ],
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
  undoEmail: route({
    method: "POST",
    path: "/auth/email/undo",
    summary: "Put the old address back with the link of the letter to it; everybody is signed out",
    status: 200,
    who: "anyone",
    limit: 20,
    body: TokenInput,
    /** For `POST /auth/password/reset`: the password is void. */
    reply: z.object({ token: z.string() }),
    problems: ["request.invalid", "auth.link_invalid", "auth.address_taken", "auth.banned", "rate.limited"],
  }),
};

/** How I sign in, as I see it myself. */
export const Security = z.object({
  email: z.string(),
  hasPassword: z.boolean(),
  /** How many I have. */
  passkeys: z.int(),
  /** The Nostr key that opens my account: `npub1…`. */
  nostrKey: z.string().nullable(),
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
  confirmByPasskey: route({
    method: "POST",
    path: "/auth/confirm/passkey",
    summary: "Show a passkey of mine instead of the password",
    status: 204,
    who: "signedIn",
    limit: 20,
    body: UsePasskeyInput,
    reply: z.undefined(),
    problems: ["auth.required", "request.invalid", "auth.link_invalid", "passkey.refused", "rate.limited"],
  }),
  passkeys: route({
    method: "GET",
    path: "/me/passkeys",
    summary: "My passkeys, newest first",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(PasskeyView), nextCursor: z.null() }),
    problems: ["auth.required"],
  }),
  beginPasskey: route({
    method: "POST",
    path: "/me/passkeys/begin",
    summary: "Begin to make a passkey",
    status: 200,
    who: "signedIn",
    limit: 20,
    reply: PasskeyStep,
    problems: ["auth.required", "auth.confirm_needed", "rate.limited"],
  }),
  addPasskey: route({
    method: "POST",
    path: "/me/passkeys",
    summary: "Keep the passkey that my device has made",
    status: 201,
    who: "signedIn",
    limit: 20,
    body: AddPasskeyInput,
    reply: PasskeyView,
    problems: [
      "auth.required",
      "auth.confirm_needed",
      "auth.link_invalid",
      "request.invalid",
      "passkey.refused",
      "rate.limited",
    ],
  }),
  renamePasskey: route({
    method: "PATCH",
    path: "/me/passkeys/:id",
    summary: "Call a passkey of mine by another name",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    body: PasskeyNameInput,
    reply: z.undefined(),
    problems: ["auth.required", "request.invalid", "passkey.not_found"],
  }),
  removePasskey: route({
    method: "DELETE",
    path: "/me/passkeys/:id",
    summary: "Forget a passkey of mine",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["auth.required", "auth.confirm_needed", "request.invalid", "passkey.not_found"],
  }),
  linkedAccounts: route({
    method: "GET",
    path: "/me/linked-accounts",
    summary: "My accounts elsewhere that open my account here",
    status: 200,
    who: "signedIn",
    reply: z.object({ items: z.array(LinkedAccount), nextCursor: z.null() }),
    problems: ["auth.required"],
  }),
  unlink: route({
    method: "DELETE",
    path: "/me/linked-accounts/:id",
    summary: "Unlink an account elsewhere",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["auth.required", "auth.confirm_needed", "request.invalid", "provider.not_found"],
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
