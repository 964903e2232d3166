import { randomUUIDv7 } from "node:crypto";
import { sql } from "kysely";

import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import type { Job } from "#server/platform/jobs.ts";

export interface Attachment {
  name: string;
  mediaType: string;
  /** For a picture shown in the letter: `<img src="cid:…">`. */
  contentId?: string;
  base64: string;
}

/** A letter as it will be read: made whole before it is posted. */
export interface Letter {
  kind: string;
  to: { address: string; name: string };
  subject: string;
  html: string;
  text: string;
  attachments?: Attachment[];
}

const priorities = { urgent: -10, normal: 0, bulk: 10 } as const;

/**
 * Posts a letter: recorded once per key, however often this is called; handed over at least once, with the same
 * Message-ID each time. `bulk` never delays `urgent`, such as a new password.
 */
export async function post(
  tctx: TxCtx,
  letter: Letter,
  { key, lane }: { key: string; lane: keyof typeof priorities },
): Promise<void> {
  const id = randomUUIDv7();
  const host = new URL(tctx.settings.publicUrl).hostname;
  await sql`with posted as (
      insert into letters (id, key, kind, lane, to_address, to_name, subject, html, text, attachments, message_id, created_at)
      values (${id}, ${key}, ${letter.kind}, ${lane}, ${letter.to.address}, ${letter.to.name}, ${letter.subject}, ${letter.html},
        ${letter.text}, ${JSON.stringify(letter.attachments ?? [])}, ${`<${id}@${host}>`}, ${tctx.now()})
      on conflict (key) do nothing returning id)
    select graphile_worker.add_job('letter', json_build_object('id', id), priority := ${priorities[lane]}) from posted`.execute(
    tctx.db,
  );
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
      messageId: letter.message_id,
    });
  } catch (error) {
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
}

export const letterJobs: Job[] = [{ task: "letter", run: handOver }];
