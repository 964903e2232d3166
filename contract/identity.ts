import { z } from "zod";

import { ZoneName } from "#contract/gatherings.ts";
import { type RawBody, route } from "#contract/route.ts";
import { Email, PersonName } from "#contract/values.ts";

const Password = z.string().min(8).max(200);
/** What somebody types to get in is not judged by today's rules for new passwords. */
export const TypedPassword = z.string().min(1).max(200);
const Locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/);
const Instant = z.iso.datetime();
/** A path of this house, where the person was going. */
export const Next = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\s]*$/);

/** Somebody as they see themselves. */
export const Me = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: z.enum(["attendee", "organizer", "admin"]),
  locale: z.string(),
  timeZone: z.string(),
  pictureUrl: z.string().nullable(),
  createdAt: Instant,
});
export type Me = z.infer<typeof Me>;

export const SignedIn = z.object({ user: Me });
/** For who asked for one: 15 minutes, and no longer than the session it stands for. */
const Token = { accessToken: z.string(), expiresIn: z.int() };
export const AccessToken = z.object(Token);
export const MaybeToken = z.object(Token).partial();
export const TokenWish = z.strictObject({ token: z.enum(["true", "false"]).optional() });
const Nothing = z.object({});

export const SignUpInput = z.strictObject({
  name: PersonName,
  email: Email,
  password: Password,
  timeZone: ZoneName.optional(),
  /** Where the letter's link leads after it has verified the address. */
  next: Next.optional(),
});
export type SignUpInput = z.infer<typeof SignUpInput>;

export const VerifyLink = z.strictObject({ token: z.string().min(1).max(200) });
export const VerifyCode = z.strictObject({
  email: Email,
  code: z
    .string()
    .max(20)
    .transform((typed) => typed.replace(/[\s-]/g, ""))
    .pipe(z.string().regex(/^\d{6}$/))
    .meta({ pattern: "^[\\s-]*(\\d[\\s-]*){6}$" }),
});
export const VerifyInput = z.union([VerifyLink, VerifyCode]);
export type VerifyInput = z.infer<typeof VerifyInput>;

export const LoginInput = z.strictObject({ email: Email, password: TypedPassword });
export type LoginInput = z.infer<typeof LoginInput>;

export const ForgotInput = z.strictObject({ email: Email });
export const ResetInput = z.strictObject({ token: z.string().min(1).max(200), password: Password });
export type ResetInput = z.infer<typeof ResetInput>;
export const ChangePasswordInput = z.strictObject({
  /** Not asked of an account that has none. */
  currentPassword: TypedPassword.optional(),
  newPassword: Password,
});
export type ChangePasswordInput = z.infer<typeof ChangePasswordInput>;

export const MeInput = z.strictObject({
  name: PersonName.optional(),
  locale: Locale.optional(),
  timeZone: ZoneName.optional(),
});
export type MeInput = z.infer<typeof MeInput>;

export const SessionView = z.object({
  id: z.uuid(),
  /** The browser or program, in its own words. */
  agent: z.string(),
  address: z.string(),
  createdAt: Instant,
  lastSeenAt: Instant,
  isCurrent: z.boolean(),
});
export type SessionView = z.infer<typeof SessionView>;

export const auth = {
  register: route({
    method: "POST",
    path: "/auth/register",
    summary: "Ask for an account; a letter tells the rest, whether the address is known or not",
    status: 202,
    who: "anyone",
    limit: 20,
    body: SignUpInput,
    reply: Nothing,
    problems: ["request.invalid", "rate.limited", "mail.off"],
  }),
  verify: route({
    method: "POST",
    path: "/auth/verify",
    summary: "Confirm the address with the letter's link or code, and sign in",
    status: 200,
    who: "anyone",
    limit: 20,
    body: VerifyInput,
    reply: SignedIn.extend({ next: z.string().nullable() }),
    problems: ["request.invalid", "auth.link_invalid", "rate.limited"],
  }),
  login: route({
    method: "POST",
    path: "/auth/login",
    summary: "Sign in",
    status: 200,
    who: "anyone",
    limit: 20,
    query: TokenWish,
    body: LoginInput,
    reply: SignedIn.extend(MaybeToken.shape),
    problems: ["request.invalid", "auth.wrong", "auth.unverified", "auth.banned", "auth.second_step", "rate.limited"],
  }),
  token: route({
    method: "POST",
    path: "/auth/token",
    summary: "A fresh access token for my session",
    status: 200,
    who: "signedIn",
    limit: 60,
    reply: AccessToken,
    problems: ["auth.required", "auth.forbidden", "rate.limited"],
  }),
  logout: route({
    method: "POST",
    path: "/auth/logout",
    summary: "Sign out",
    status: 204,
    who: "anyone",
    limit: 60,
    reply: z.undefined(),
    problems: [],
  }),
  me: route({
    method: "GET",
    path: "/auth/me",
    summary: "Who is signed in",
    status: 200,
    who: "signedIn",
    reply: SignedIn,
    problems: ["auth.required"],
  }),
  forgotPassword: route({
    method: "POST",
    path: "/auth/password/forgot",
    summary: "Ask for a letter with a link to a new password; the answer is the same for every address",
    status: 202,
    who: "anyone",
    limit: 20,
    body: ForgotInput,
    reply: Nothing,
    problems: ["request.invalid", "rate.limited", "mail.off"],
  }),
  resetPassword: route({
    method: "POST",
    path: "/auth/password/reset",
    summary: "Set a new password with the letter's link, and sign in; every other session ends",
    status: 200,
    who: "anyone",
    limit: 20,
    body: ResetInput,
    reply: SignedIn,
    problems: ["request.invalid", "auth.link_invalid", "auth.second_step", "rate.limited"],
  }),
  changePassword: route({
    method: "POST",
    path: "/auth/password/change",
    summary: "Set a new password; every other session ends",
    status: 204,
    who: "signedIn",
    limit: 20,
    body: ChangePasswordInput,
    reply: z.undefined(),
    problems: ["auth.required", "auth.confirm_needed", "request.invalid", "auth.wrong", "rate.limited"],
  }),
  sessions: route({
    method: "GET",
    path: "/auth/sessions",
    summary: "Where I am signed in, newest first",
    status: 200,
    who: "signedIn",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.uuid().optional(),
    }),
    reply: z.object({ items: z.array(SessionView), nextCursor: z.string().nullable() }),
    problems: ["auth.required", "request.invalid"],
  }),
  endSession: route({
    method: "DELETE",
    path: "/auth/sessions/:id",
    summary: "Sign out somewhere else; it holds at once",
    status: 204,
    who: "signedIn",
    params: z.strictObject({ id: z.uuid() }),
    reply: z.undefined(),
    problems: ["auth.required", "session.not_found"],
  }),
  endOtherSessions: route({
    method: "DELETE",
    path: "/auth/sessions",
    summary: "Sign out everywhere but here",
    status: 204,
    who: "signedIn",
    reply: z.undefined(),
    problems: ["auth.required"],
  }),
};

export const me = {
  get: route({
    method: "GET",
    path: "/me",
    summary: "My profile",
    status: 200,
    who: "signedIn",
    reply: Me,
    problems: ["auth.required"],
  }),
  change: route({
    method: "PATCH",
    path: "/me",
    summary: "Change my name, language or time zone",
    status: 200,
    who: "signedIn",
    body: MeInput,
    reply: Me,
    problems: ["auth.required", "request.invalid"],
  }),
  setPicture: route({
    method: "PUT",
    path: "/me/picture",
    summary: "Give myself a picture",
    status: 200,
    who: "signedIn",
    limit: 60,
    raw: true,
    body: z.custom<RawBody>(),
    reply: Me,
    problems: ["auth.required", "file.unreadable", "request.too_large"],
  }),
  removePicture: route({
    method: "DELETE",
    path: "/me/picture",
    summary: "Take my picture away",
    status: 200,
    who: "signedIn",
    reply: Me,
    problems: ["auth.required"],
  }),
};
