import type { CustomAnswers } from "#contract/questions.ts";
import type { Registration, RegistrationDetail } from "#contract/registrations.ts";
import type { Claimable, HolderInput } from "#contract/seats.ts";
import type { SaysToTerms } from "#contract/terms.ts";
import { isNothing, noTerms, type Terms } from "#domain/entitlement/terms.ts";
import { mayChangeHands } from "#domain/registrations/seats.ts";
import { rightChanged } from "#server/modules/access/facts.ts";
import { standingAt, wordTerms } from "#server/modules/access/service.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import { knowPeople } from "#server/modules/identity/service/people.ts";
import { dropAnswers, type GoodAnswers, keepAnswers, takeAnswers } from "#server/modules/questions/service/answers.ts";
import { listQuestions } from "#server/modules/questions/service/lists.ts";
import { handedOn, letterAsked } from "#server/modules/registrations/facts.ts";
import { mayDecide } from "#server/modules/registrations/policy.ts";
import * as repo from "#server/modules/registrations/repo/seats.ts";
import { keepAccepted } from "#server/modules/registrations/repo/terms.ts";
import { acceptedOf } from "#server/modules/registrations/service/terms.ts";
import {
  findClaimed,
  findFor,
  findOwnAddress,
  getDetail,
  registrationOf,
  seatOf,
  type ViewRow,
} from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { record } from "#server/platform/facts.ts";
import { Problem } from "#server/platform/problem.ts";

type Sent = { status: "sent" };

/**
 * Says whose a seat is: names one that is unnamed, hands one on, or corrects a name.
 *
 * The code and the links of who had it are void at once. The answer is the same for every address; one that is
 * registered already has two seats then, so that nobody learns of the first.
 */
export async function nameHolder(ctx: Ctx, id: string, holder: HolderInput): Promise<Sent> {
  const { row, isOwn } = await findFor(ctx, id, mayDecide);
  const answer = mayChangeHands(seatOf(row, ctx.now()), isOwn ? "attendee" : "organizer");
  const isSame = row.email === holder.email;
  if (!answer.allowed && !(isSame && answer.because === "registration.not_transferable"))
    throw new Problem(answer.because, { registrationStatus: row.status });
  if (ctx.gateways.mail.kind === "off" && !isSame) throw new Problem("mail.off");
  await give(ctx, row, holder);
  return { status: "sent" };
}

/** Shows what a link hands on. */
export async function openClaim(ctx: Ctx, token: string): Promise<Claimable> {
  const row = await findClaimed(ctx, token);
  const { event, side, ticketType } = registrationOf(row);
  const { questions } = await listQuestions(ctx, row.eventId);
  const terms = await termsFor(ctx, row);
  return {
    ...{ event, side, ticketTypeName: ticketType?.name ?? null, questions: questions.filter(isOfEach) },
    from: await repo.findGiver(ctx.db, row.id),
    terms: isNothing(terms) ? null : await wordTerms(ctx, row.gatheringId, terms),
  };
}

/** What is asked of whoever takes a seat: of the team, nothing. */
async function termsFor(ctx: Ctx, { gatheringId, conduct, minimumAge }: ViewRow): Promise<Terms> {
  if (conduct === null && minimumAge === null) return noTerms;
  const known = await standingAt(ctx, gatheringId);
  return known && known.role !== null ? noTerms : { conduct, minimumAge };
}

/** Who took the seat has answered for the party; who comes answers for themselves. */
const isOfEach = ({ scope }: { scope: "attendee" | "party" }): boolean => scope === "attendee";

interface Claiming extends Partial<HolderInput>, SaysToTerms {
  customAnswers?: CustomAnswers | undefined;
}

/** Takes the seat that a link hands on; of several who try at once, one. */
export async function claim(ctx: Ctx, token: string, given: Claiming): Promise<Registration | Sent> {
  const row = await findClaimed(ctx, token);
  const accepted = acceptedOf(await termsFor(ctx, row), given);
  const good = await takeAnswers(ctx, row.eventId, { given: given.customAnswers ?? {}, puts: isOfEach });
  const selfId = "personId" in ctx.actor ? ctx.actor.personId : null;
  const own = selfId === null ? undefined : await findOwnAddress(ctx, selfId);
  const name = given.name ?? own?.name;
  const email = own?.email ?? given.email;
  if (!name || !email) {
    const missing = (["name", "email"] as const).filter((field) => !(field === "name" ? name : email));
    throw new Problem("request.invalid", {
      fields: missing.map((field) => ({ at: `body.${field}`, code: "required", key: "fields.who_takes" })),
    });
  }
  if (!own && ctx.gateways.mail.kind === "off") throw new Problem("mail.off");
  await give(ctx, row, { name, email, good, accepted });
  if (own) return getDetail(ctx, row.id);
  ctx.reply.status(202);
  return { status: "sent" };
}

async function give(
  ctx: Ctx,
  row: ViewRow,
  { name, email, good, accepted = noTerms }: HolderInput & { good?: GoodAnswers | undefined; accepted?: Terms },
): Promise<void> {
  const { id, gatheringId } = row;
  await inTx(ctx, async (tctx) => {
    const person = (await knowPeople(tctx, [{ name, email }])).get(email);
    const now = await repo.lockSeat(tctx.db, id);
    // Somebody else was faster: with them the version has gone on.
    if (!person || now?.codeVersion !== row.codeVersion || now?.status !== row.status)
      throw new Problem("auth.link_invalid");
    // Who is shut out gets nothing, and the answer is that of anybody else.
    if (person.isBanned) return;
    const subject = { kind: "registration" as const, id };
    if (person.id === now.personId) {
      await repo.renameSeat(tctx.db, id, name, tctx.now());
      if (!isNothing(accepted)) await keepAccepted(tctx.db, { id, personId: person.id, accepted }, tctx.now());
      return audit(tctx, "registration.renamed", subject);
    }
    await repo.giveSeat(tctx.db, { id, personId: person.id, name, locale: tctx.locale, ...accepted }, tctx.now());
    // What somebody said of themselves does not go with their seat.
    await dropAnswers(tctx, id);
    await keepAnswers(tctx, [{ registrationId: id, good }]);
    const version = now.codeVersion + 1;
    await record(
      tctx,
      handedOn({ registrationId: id, gatheringId, fromPersonId: now.personId ?? undefined, version }),
      ...(now.personId ? [rightChanged({ personId: now.personId, gatheringId })] : []),
      rightChanged({ personId: person.id, gatheringId }),
    );
    const said = isNothing(accepted) ? {} : accepted;
    const change = { old: { personId: now.personId }, new: { personId: person.id, ...said } };
    await audit(tctx, "registration.handed_on", subject, change);
  });
}

/** Makes the code and the link of a seat void, and brings new ones: for who lost a print, or sent a link astray. */
export async function renew(ctx: Ctx, id: string): Promise<RegistrationDetail> {
  const { row } = await findFor(ctx, id, mayDecide);
  if (row.status !== "confirmed" && row.personId !== null)
    throw new Problem("registration.wrong_status", { registrationStatus: row.status });
  await inTx(ctx, async (tctx) => {
    await repo.raiseCode(tctx.db, id);
    const { gatheringId } = row;
    await record(tctx, letterAsked({ registrationId: id, gatheringId, requestId: tctx.from.requestId }));
    await audit(tctx, "registration.renewed", { kind: "registration", id });
  });
  return getDetail(ctx, id);
}
