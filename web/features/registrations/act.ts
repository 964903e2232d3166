import type { RouterContextProvider } from "react-router";
import { z } from "zod";

import { bulkActions, people } from "#contract/people.ts";
import { RegistrationStatus, registrations, Side } from "#contract/registrations.ts";
import { seats } from "#contract/seats.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

type Context = Readonly<RouterContextProvider>;

const Act = z.object({
  intent: z.enum([
    "approve",
    "decline",
    "cancel",
    "attended",
    "no_show",
    "unknown",
    "swap",
    "rename",
    "move",
    "add",
    "bulk",
  ]),
  registration: z.uuid().optional(),
  side: Side.default("virtual"),
  note: z.string().trim().max(2000).default(""),
  name: z.string().default(""),
  email: z.string().default(""),
  ticketTypeId: z.uuid().optional(),
  occurrenceId: z.uuid().optional(),
  overbook: z.boolean().default(false),
  letter: z.boolean().default(false),
  /** Of many. */
  what: z.enum(bulkActions).default("letter"),
  who: z.array(z.uuid()).default([]),
  all: z.boolean().default(false),
  sure: z.boolean().default(false),
  cursor: z.string().max(400).optional(),
  total: z.int().optional(),
  /** Those to whom it was done in the steps before. */
  before: z.string().default(""),
});
type Act = z.output<typeof Act>;

export type Said =
  | "approved"
  | "declined"
  | "takenBack"
  | "noted"
  | "swapped"
  | "renamed"
  | "movedTo"
  | "added"
  | "alreadyIn"
  | "notAdded";

/** What a step of a bulk act has come to; `ask` when it must be said once more first. */
export interface Bulk {
  says: "bulk" | "ask";
  what: Act["what"];
  who: string[];
  all: boolean;
  note: string;
  done: string[];
  refused: { id: string; name: string; code: string }[];
  total: number;
  cursor: string | null;
}

export type Outcome = { says: Said; name: string } | Bulk;

/** What the team's page about people does. For actions only. */
export function act(context: Context, form: FormData, event: string, search: URLSearchParams) {
  return formResult(form, Act, async (asked): Promise<Outcome> => {
    if (asked.intent === "bulk") return bulk(context, asked, event, search);
    if (asked.intent === "add") return add(context, asked, event, search);
    return one(context, asked, asked.registration ?? "", event);
  });
}

async function one(context: Context, asked: Act, id: string, event: string): Promise<Outcome> {
  const { intent, side, note, name, email, ticketTypeId, occurrenceId, overbook } = asked;
  const params = { id };
  const done = (says: Said, whose: { name: string }): Outcome => ({ says, name: whose.name });
  if (intent === "approve")
    return done("approved", await call(context, registrations.approve, { params, body: { note } }));
  if (intent === "decline")
    return done("declined", await call(context, registrations.decline, { params, body: { note } }));
  if (intent === "cancel") return done("takenBack", await call(context, registrations.cancel, { params }));
  if (intent === "swap")
    return done("swapped", await call(context, registrations.swapSide, { params, body: { side } }));
  if (intent === "move")
    return done(
      "movedTo",
      await call(context, people.move, { params, body: { occurrenceId, ticketTypeId, overbook } }),
    );
  if (intent === "rename") {
    await call(context, seats.holder, { params, body: { name, email } });
    return done("renamed", { name });
  }
  const attendance = intent === "attended" || intent === "no_show" ? intent : "unknown";
  const body = { registrationId: id, attendance } as const;
  return done("noted", await call(context, registrations.attendance, { params: { id: event }, body }));
}

async function add(context: Context, asked: Act, event: string, search: URLSearchParams): Promise<Outcome> {
  const { name, email, ticketTypeId, overbook, letter, side } = asked;
  const person = { name, email, side };
  const occurrenceId = search.get("occurrence_id") ?? undefined;
  const body = { people: [person], occurrenceId, ticketTypeId, overbook, letter };
  const { added, already } = await call(context, people.add, { params: { id: event }, body });
  return { says: added.length > 0 ? "added" : already.length > 0 ? "alreadyIn" : "notAdded", name };
}

const harms = new Set(["decline", "cancel"]);
const mostIds = 100;

async function bulk(context: Context, asked: Act, event: string, search: URLSearchParams): Promise<Bulk> {
  const { what, who, all, note, sure, total, cursor } = asked;
  const before = asked.before ? asked.before.split(",") : [];
  const common = { what, who, all, note };
  if (harms.has(what) && !sure)
    return { says: "ask", ...common, done: [], refused: [], total: total ?? who.length, cursor: null };
  const params = { id: event };
  const occurrenceId = search.get("occurrence_id") ?? undefined;
  if (!all) {
    const done: string[] = [];
    const refused: Bulk["refused"] = [];
    for (let at = 0; at < who.length; at += mostIds) {
      const body = { action: what, occurrenceId, note, ids: who.slice(at, at + mostIds) };
      const step = await call(context, people.bulk, { params, body });
      done.push(...step.done);
      refused.push(...step.refused);
    }
    return { says: "bulk", ...common, done, refused, total: who.length, cursor: null };
  }
  const status = RegistrationStatus.optional()
    .catch(undefined)
    .parse(search.get("status") ?? undefined);
  const matching = { q: search.get("q") ?? undefined, status };
  const step = await call(context, people.bulk, {
    params,
    body: { action: what, occurrenceId, note, matching, cursor },
  });
  const done = [...before, ...step.done];
  return {
    says: "bulk",
    ...common,
    done,
    refused: step.refused,
    total: total ?? step.matching,
    cursor: step.nextCursor,
  };
}
