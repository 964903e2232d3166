import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";
import { isolated, withoutIsolates } from "#domain/language/isolate.ts";
import type { Topic } from "#domain/notifications/topics.ts";
import type sentences from "#locales/en/letters.json";
import { type Attachment, RefusedAddress } from "#server/gateways/mail.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { inTx } from "#server/platform/ctx.ts";
import { findHouse, houseMark } from "#server/platform/house.ts";
import type { Job } from "#server/platform/jobs.ts";
import { escaped } from "#server/platform/letter-frame.ts";
import { linkToken } from "#server/platform/links.ts";
import { traceparent } from "#server/platform/tracing.ts";

/** What letters there are: each has a name in words, for those who look after them. */
export type LetterKind = keyof (typeof sentences)["kinds"];

/** A letter as it will be read: made whole before it is posted. */
export interface Letter {
  kind: LetterKind;
  to: { address: string; name: string };
  subject: string;
  html: string;
  text: string;
  attachments?: Attachment[];
}

const priorities = { urgent: -10, normal: 0, bulk: 10 } as const;

/** The page that switches off a topic's letters to somebody, and on again; mail programs press it by themselves. */
export const unsubscribeLink = ({ settings }: Pick<Ctx, "settings">, personId: string, topic: Topic): string =>
  `${settings.publicUrl}/unsubscribe/${linkToken(settings.secrets.links, { kind: "unsubscribe", id: personId, version: 1 })}/${topic}`;

/**
 * Posts a letter: recorded once per key, however often this is called; handed over at least once, with the same
 * Message-ID each time. `bulk` never delays `urgent`, such as a new password.
 *
 * A letter about a topic is left out where its reader has switched that off; one without comes always. Only what is
 * urgent is still tried at an address that was refused for good; anything else is recorded as refused.
 */
export async function post(
  tctx: TxCtx,
  letter: Letter,
  { key, lane, topic }: { key: string; lane: keyof typeof priorities; topic?: Topic },
): Promise<void> {
  const house = await findHouse(tctx.db);
  const named = (text: string, name = house) => text.replaceAll(houseMark, () => name);
  const reader = topic && (await findReader(tctx, letter.to.address, topic));
  if (reader?.isMuted) return;
  const unsubscribeUrl = topic && reader ? unsubscribeLink(tctx, reader.personId, topic) : null;
  const id = randomUUIDv7();
  const host = new URL(tctx.settings.publicUrl).hostname;
  await sql`with posted as (
      insert into letters (id, key, kind, lane, to_address, to_name, subject, html, text, attachments, message_id, created_at,
        unsubscribe_url, status, last_error)
      select ${id}, ${key}, ${letter.kind}, ${lane}, ${letter.to.address}, ${letter.to.name}, ${named(withoutIsolates(letter.subject))},
        ${named(letter.html, escaped(isolated(house, "en")))}, ${named(letter.text)}, ${JSON.stringify(letter.attachments ?? [])}, ${`<${id}@${host}>`}, ${tctx.now()},
        ${unsubscribeUrl}, case when r.address is null then 'waiting' else 'refused' end, r.said
      from (values (${letter.to.address}::text)) as reader (address)
      left join refused_addresses r on r.address = reader.address and ${lane !== "urgent"}
      on conflict (key) do nothing returning id, status)
    select graphile_worker.add_job('letter',
      json_strip_nulls(json_build_object('id', id, 'from', ${traceparent() ?? null}::text)), priority := ${priorities[lane]})
    from posted where status = 'waiting'`.execute(tctx.db);
}

async function findReader({ db }: TxCtx, address: string, topic: Topic) {
  const { rows } = await sql<{ personId: string; isMuted: boolean }>`select p.id as "personId",
      exists (select from mutes m where m.person_id = p.id and m.topic = ${topic} and m.way = 'letter') as "isMuted"
    from people p where p.email = ${address}`.execute(db);
  return rows[0];
}

/** Throws away every letter to an address, those still to go too, and that it refused some. */
export async function burnLetters(tctx: TxCtx, address: string): Promise<void> {
  await tctx.db.deleteFrom("refused_addresses").where("address", "=", address).execute();
  await tctx.db.deleteFrom("letters").where("to_address", "=", address).execute();
}

async function handOver(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const letter = await ctx.db.selectFrom("letters").selectAll().where("id", "=", id).executeTakeFirst();
  if (!letter || letter.status === "handed_over") return;
  try {
    await ctx.gateways.mail.send({
      to: { address: letter.to_address, name: letter.to_name },
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
      attachments: letter.attachments as unknown as Attachment[],
      from: await findHouse(ctx.db),
      messageId: letter.message_id,
      unsubscribeUrl: letter.unsubscribe_url,
    });
  } catch (error) {
    if (error instanceof RefusedAddress) return markRefused(ctx, letter, error.message.slice(0, 500));
    const said = error instanceof Error ? error.message : String(error);
    await ctx.db
      .updateTable("letters")
      .set((eb) => ({ attempts: eb("attempts", "+", 1), last_error: said.slice(0, 500), status: "failed" }))
      .where("id", "=", id)
      .execute();
    throw error; // graphile-worker tries again, more and more slowly
  }
  await ctx.db
    .updateTable("letters")
    .set((eb) => ({
      attempts: eb("attempts", "+", 1),
      status: "handed_over",
      handed_over_at: ctx.now(),
      last_error: null,
    }))
    .where("id", "=", id)
    .execute();
  await ctx.db.deleteFrom("refused_addresses").where("address", "=", letter.to_address).execute();
}

/** Nobody is there: trying again would only tell the other side that we don't listen. */
function markRefused(ctx: Ctx, letter: { id: string; to_address: string }, said: string): Promise<void> {
  return inTx(ctx, async ({ db, now }) => {
    await db
      .updateTable("letters")
      .set((eb) => ({ attempts: eb("attempts", "+", 1), status: "refused", last_error: said }))
      .where("id", "=", letter.id)
      .execute();
    const mark = { said, refused_at: now() };
    await db
      .insertInto("refused_addresses")
      .values({ address: letter.to_address, ...mark })
      .onConflict((oc) => oc.column("address").doUpdateSet(mark))
      .execute();
  });
}

export const letterJobs: Job[] = [{ task: "letter", run: handOver }];
