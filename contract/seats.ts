import { z } from "zod";
import { Occasion } from "#contract/occasion.ts";
import { CustomAnswers, Question } from "#contract/questions.ts";
import { Registration, RegistrationDetail, Side } from "#contract/registrations.ts";
import { route } from "#contract/route.ts";
import { saysToTerms, Terms } from "#contract/terms.ts";
import { Email, PersonName } from "#contract/values.ts";

const ofRegistration = z.object({ id: z.uuid() });
const Token = z.string().min(1).max(200);
const Sent = z.object({ status: z.literal("sent") });

/** Whom a seat is for from now on. */
export const HolderInput = z.strictObject({ name: PersonName, email: Email });
export type HolderInput = z.infer<typeof HolderInput>;

/** A seat that somebody hands on by link, as whoever opens the link sees it. */
export const Claimable = z.object({
  event: Occasion,
  side: Side,
  ticketTypeName: z.string().nullable(),
  /** Who hands it on. */
  from: z.string(),
  /** What is asked of everybody who comes. */
  questions: z.array(Question),
  /** What the event asks of whoever comes; null where nothing is asked of the caller. */
  terms: Terms.nullable(),
});
export type Claimable = z.infer<typeof Claimable>;

/** Seats change hands: the code and the links of who had them before are void at once. */
export const seats = {
  holder: route({
    method: "PUT",
    path: "/registrations/:id/holder",
    summary: "Say whose a seat is: name one that is unnamed, hand one on, or correct a name",
    status: 200,
    who: "holder",
    limit: 30,
    params: ofRegistration,
    body: HolderInput,
    // The same for every address: who is registered already learns it by letter.
    reply: Sent,
    problems: [
      "registration.not_found",
      "registration.wrong_status",
      "registration.not_transferable",
      "registration.closed",
      "access.banned",
      "gathering.cancelled",
      "auth.link_invalid",
      "mail.off",
    ],
  }),
  renew: route({
    method: "POST",
    path: "/registrations/:id/renew",
    summary: "Make the code and the link of a seat void, and bring new ones",
    status: 200,
    who: "holder",
    limit: 10,
    params: ofRegistration,
    reply: RegistrationDetail,
    problems: ["registration.not_found", "registration.wrong_status"],
  }),
  openClaim: route({
    method: "POST",
    path: "/claims/open",
    summary: "See the seat that a link hands on",
    status: 200,
    who: "anyone",
    limit: 60,
    body: z.strictObject({ token: Token }),
    reply: Claimable,
    problems: ["auth.link_invalid"],
  }),
  claim: route({
    method: "POST",
    path: "/claims",
    summary: "Take the seat that a link hands on: signed in, the ticket at once; as a guest, by letter (202)",
    status: 201,
    orStatus: 202,
    who: "anyone",
    limit: 20,
    /** Somebody signed in may leave name and address out. */
    body: z.strictObject({
      token: Token,
      name: PersonName.optional(),
      email: Email.optional(),
      customAnswers: CustomAnswers.optional(),
      ...saysToTerms,
    }),
    reply: z.union([Registration, Sent]),
    problems: ["auth.link_invalid", "access.terms_needed", "mail.off", "answers.invalid"],
  }),
};
