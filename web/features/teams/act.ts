import { type RouterContextProvider, redirect } from "react-router";
import { z } from "zod";

import { EventRole, eventTeams, MemberRole, teamInvitations, teams } from "#contract/teams.ts";
import { askFirst } from "#web/features/security/act.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

type Context = Readonly<RouterContextProvider>;

/** Whose team: an organizer's, or one event's. */
export interface TeamOf {
  of: "organizer" | "event";
  id: string;
}

const Act = z.object({
  intent: z.enum(["role", "remove", "invite", "resend", "withdraw", "handOver"]),
  organizer: z.string().optional(),
  user: z.string().default(""),
  invitation: z.string().default(""),
  name: z.string().default(""),
  email: z.string().default(""),
  role: z.union([MemberRole, EventRole]).optional(),
});
type Act = z.output<typeof Act>;

export type Said = { says: "changed" | "removed" | "invited" | "resent" | "withdrawn" | "offered"; name: string };

/** What the pages about teams do. For actions only. */
export async function act(context: Context, request: Request, event?: string) {
  const form = await request.formData();
  const result = await formResult(form, Act, (asked) => {
    const team: TeamOf =
      event === undefined ? { of: "organizer", id: asked.organizer ?? "" } : { of: "event", id: event };
    return run(context, asked, team);
  });
  // Ownership is changed only by who has just shown that it is them; they come back to where they were.
  if (!result.ok && result.code === "auth.confirm_needed") throw askFirst(request);
  const me = pageOf(context).viewer?.userId;
  if (result.ok && form.get("intent") === "remove" && form.get("user") === me) throw redirect("/organize?left=1");
  return { ...result, intent: String(form.get("intent")) };
}

async function run(context: Context, asked: Act, team: TeamOf): Promise<Said> {
  const { intent, user: userId, name, invitation } = asked;
  const params = { id: team.id, userId };
  if (intent === "remove") {
    await call(context, team.of === "event" ? eventTeams.remove : teams.remove, { params });
    return { says: "removed", name };
  }
  if (intent === "resend") {
    const { email } = await call(context, teamInvitations.resend, { params: { id: invitation } });
    return { says: "resent", name: email };
  }
  if (intent === "withdraw") {
    const { email } = await call(context, teamInvitations.withdraw, { params: { id: invitation } });
    return { says: "withdrawn", name: email };
  }
  if (intent === "handOver") {
    const { email } = await call(context, teams.handOver, { params: { id: team.id }, body: { userId } });
    return { says: "offered", name: email };
  }
  return intent === "role" ? setRole(context, asked, team) : invite(context, asked, team);
}

async function setRole(context: Context, { user: userId, role, name }: Act, team: TeamOf): Promise<Said> {
  const params = { id: team.id, userId };
  if (team.of === "event") await call(context, eventTeams.change, { params, body: { role: role as EventRole } });
  else await call(context, teams.change, { params, body: { role: role as MemberRole } });
  return { says: "changed", name };
}

async function invite(context: Context, { email, role }: Act, team: TeamOf): Promise<Said> {
  const params = { id: team.id };
  const body = { email: email.trim() };
  const made =
    team.of === "event"
      ? await call(context, eventTeams.invite, { params, body: { ...body, role: role as EventRole } })
      : await call(context, teams.invite, { params, body: { ...body, role: role as MemberRole } });
  return { says: "invited", name: made.email };
}
