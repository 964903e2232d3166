import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { anEvent, aRole, aUser, type Someone, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { joinTeam } from "#server/platform/testing-teams.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
type Role = "owner" | "admin" | "member";

/** A team with somebody in each role. */
async function aTeam() {
  const event = await anEvent(t);
  const [admin, member] = [await aUser(t, { name: "Amy Admin" }), await aUser(t, { name: "Mel Member" })];
  await joinTeam(t, event.organizerId, admin, "admin");
  await joinTeam(t, event.organizerId, member, "member");
  return { ...event, owner: event.host, admin, member, id: event.organizerId };
}

/** As if the password had been asked for once more. */
const confirm = ({ userId }: Someone) =>
  t.db.updateTable("sessions").set({ confirmed_at: t.ctx.now() }).where("user_id", "=", userId).execute();

const members = async (id: string, as: Someone) => (await t.get(`/organizers/${id}/members`, as)).json().items;
const rolesOf = async (id: string) => {
  const rows = await t.db
    .selectFrom("organizer_members")
    .select("role")
    .where("organizer_id", "=", id)
    .orderBy("role")
    .execute();
  return rows.map(({ role }) => role);
};
const change = (id: string, whom: Someone, role: Role, as: Someone) =>
  t.send("PATCH", `/organizers/${id}/members/${whom.userId}`, { role }, as);
const remove = (id: string, whom: Someone, as: Someone) =>
  t.send("DELETE", `/organizers/${id}/members/${whom.userId}`, undefined, as);
const invite = (id: string, body: object, as: Someone) => t.post(`/organizers/${id}/team-invitations`, body, as);
const someEmail = () => `${randomUUID()}@example.org`;

const kindsTo = async (email: string) => {
  await t.settle();
  return (await t.lettersTo(email)).map(({ kind }) => kind);
};
/** The key in the last letter to an address. */
async function tokenTo(email: string): Promise<string> {
  await t.settle();
  const letter = (await t.lettersTo(email)).at(-1);
  return /team-invite\/([\w.-]+)/.exec(letter?.text ?? "")?.[1] ?? "";
}
const answer = (how: "open" | "accept" | "decline", token: string, as?: Someone) =>
  t.post(`/team-invitations/${how}`, { token }, as);
const codeOf = (reply: { json: () => { code: string } }) => reply.json().code;

describe("the team of an organizer", () => {
  it("is seen by its members with what each may do, and by nobody else", async () => {
    const { id, owner, admin, member } = await aTeam();

    const [seenByOwner, seenByAdmin, seenByMember] = await Promise.all(
      [owner, admin, member].map((one) => members(id, one)),
    );

    const brief = (items: { role: string; mayBecome: string[]; mayRemove: boolean }[]) =>
      items.map(({ role, mayBecome, mayRemove }) => [role, mayBecome.join(" "), mayRemove]);
    expect(brief(seenByOwner)).toEqual([
      ["owner", "", false],
      ["admin", "owner member", true],
      ["member", "owner admin", true],
    ]);
    expect(brief(seenByAdmin)).toEqual([
      ["owner", "", false],
      ["admin", "member", true],
      ["member", "admin", true],
    ]);
    expect(brief(seenByMember)).toEqual([
      ["owner", "", false],
      ["admin", "", false],
      ["member", "", true],
    ]);
    expect([seenByAdmin[0].email, seenByMember[0].email]).toEqual([owner.email, null]);
    expect(codeOf(await t.get(`/organizers/${id}/members`, await aUser(t)))).toBe("auth.forbidden");
    expect((await t.get(`/organizers/${id}/members`)).statusCode).toBe(401);
  });

  it("changes a role, tells whom it concerns, and writes down that it did", async () => {
    const { id, admin, member } = await aTeam();

    const reply = await change(id, member, "admin", admin);

    expect(reply.json()).toMatchObject({ userId: member.userId, role: "admin" });
    expect(await kindsTo(member.email)).toEqual(["team.role_changed"]);
    const { items } = (await t.get("/me/notices", member)).json();
    expect(items).toMatchObject([{ kind: "team.role_changed", role: "admin", path: expect.stringMatching(/team/) }]);
    const written = await t.db
      .selectFrom("audit_entries")
      .select(["old", "new"])
      .where("action", "=", "team.role_changed")
      .where("subject_id", "=", id)
      .execute();
    expect(written).toEqual([{ old: { role: "member" }, new: { userId: member.userId, role: "admin" } }]);
  });

  it("asks once more who it is before ownership begins or ends", async () => {
    const { id, owner, admin } = await aTeam();

    const before = await change(id, admin, "owner", owner);
    await confirm(owner);
    const after = await change(id, admin, "owner", owner);

    expect([codeOf(before), after.statusCode]).toEqual(["auth.confirm_needed", 200]);
    expect(codeOf(await remove(id, owner, admin))).toBe("auth.confirm_needed");
  });

  it("keeps its last owner, who can neither go nor step down", async () => {
    const { id, owner, admin } = await aTeam();
    await confirm(owner);

    const replies = [await remove(id, owner, owner), await change(id, owner, "member", owner)];

    expect(replies.map(codeOf)).toEqual(["team.last_owner", "team.last_owner"]);
    expect(codeOf(await remove(id, owner, admin))).toBe("auth.forbidden");
    expect(await rolesOf(id)).toEqual(["admin", "member", "owner"]);
  });

  it("keeps one owner when two take each other's role at once, again and again", async () => {
    for (let n = 0; n < 6; n += 1) {
      const { id, owner, admin } = await aTeam();
      await t.query(`update organizer_members set role = 'owner' where user_id = '${admin.userId}'`);
      await confirm(owner);
      await confirm(admin);

      const replies = await Promise.all([
        change(id, admin, "member", owner),
        change(id, owner, "member", admin),
        remove(id, admin, owner),
        remove(id, owner, admin),
        remove(id, owner, owner),
        remove(id, admin, admin),
      ]);

      expect(replies.every(({ statusCode }) => statusCode < 500)).toBe(true);
      expect((await rolesOf(id)).filter((role) => role === "owner").length).toBe(1);
    }
  });

  it("loses whom it takes out, with all they were named for; what they made stays", async () => {
    const team = await aTeam();
    const { id, owner, member } = team;
    await aRole(t, team, member, "moderator");
    await invite(id, { email: someEmail(), role: "member" }, owner);

    expect((await remove(id, member, owner)).statusCode).toBe(204);

    expect(await kindsTo(member.email)).toEqual(["team.removed"]);
    expect((await t.get(`/events/${team.eventId}/participants`, member)).statusCode).toBe(403);
    expect((await t.get(`/organizers/${id}/members`, member)).statusCode).toBe(403);
    expect(
      await t.db.selectFrom("gathering_roles").select("role").where("user_id", "=", member.userId).execute(),
    ).toEqual([]);
    expect((await t.get("/me/notices", member)).json().items).toMatchObject([{ kind: "team.removed" }]);
  });

  it("offers nobody's times any more who is gone, and keeps what was made and booked", async () => {
    const { id, owner, member } = await aTeam();
    const made = await t.post("/events/event-types", { organizerId: id, name: "A talk" }, member);

    await remove(id, member, owner);
    await t.settle();

    const hosts = t.db.selectFrom("event_type_hosts").select("user_id").where("event_type_id", "=", made.json().id);
    expect(await hosts.execute()).toEqual([]);
    expect((await t.get(`/events/event-types/${made.json().id}`, owner)).statusCode).toBe(200);
  });

  it("lets people go by themselves; who leaves their own first organizer gets another when they begin anew", async () => {
    const ada = await aUser(t, { name: "Ada Leaves" });
    const { id: organizerId } = (await t.post("/events", { title: "The first" }, ada)).json().organizer;
    const lin = await aUser(t, { name: "Lin Stays" });
    await joinTeam(t, organizerId, lin, "owner");

    const gone = await remove(organizerId, ada, ada);
    const next = (await t.post("/events", { title: "The next" }, ada)).json();

    expect(gone.statusCode).toBe(204);
    expect(next.organizer.id).not.toBe(organizerId);
    expect(await kindsTo(lin.email)).toEqual(["team.left"]);
  });
});

describe("an invitation to a team", () => {
  it("is one letter, one yes, and a place in the team", async () => {
    const { id, owner } = await aTeam();
    const ivy = await aUser(t, { name: "Ivy Invited" });

    const made = await invite(id, { email: ivy.email.toUpperCase(), role: "member" }, owner);
    const token = await tokenTo(ivy.email);

    expect(made.statusCode, made.body).toBe(201);
    expect(made.json()).toMatchObject({ email: ivy.email, role: "member", status: "invited" });
    expect((await answer("open", token)).json()).toMatchObject({ isMine: null, organizer: { id }, event: null });
    expect((await t.get("/me/team-invitations", ivy)).json().items).toMatchObject([{ token, isMine: true }]);
    expect((await t.get("/me/notices", ivy)).json().items).toMatchObject([{ kind: "team.invited", role: "member" }]);
    expect((await answer("accept", token)).statusCode).toBe(401);
    expect((await answer("accept", token, ivy)).json()).toMatchObject({ status: "accepted" });
    expect((await members(id, ivy)).map(({ name }: { name: string }) => name)).toContain("Ivy Invited");
    expect((await t.get("/me", ivy)).json().role).toBe("organizer");
    expect(await kindsTo(owner.email)).toEqual(["team.joined"]);
    expect((await t.get("/me/team-invitations", ivy)).json().items).toEqual([]);
  });

  it("is for one account: twice, by another one, taken back, too old or torn, it says why not", async () => {
    const { id, owner, admin } = await aTeam();
    const [ivy, other] = [await aUser(t), await aUser(t)];
    await invite(id, { email: ivy.email, role: "member" }, owner);
    const token = await tokenTo(ivy.email);

    expect(codeOf(await answer("accept", token, other))).toBe("team.other_account");
    const replies = await Promise.all([1, 2, 3].map(() => answer("accept", token, ivy)));
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    expect(codeOf(await answer("accept", token, ivy))).toBe("team.invitation_accepted");
    expect(codeOf(await answer("decline", token))).toBe("team.invitation_accepted");

    const withdrawn = (await invite(id, { email: other.email, role: "admin" }, admin)).json();
    const second = await tokenTo(other.email);
    await t.send("DELETE", `/team-invitations/${withdrawn.id}`, undefined, owner);
    expect(codeOf(await answer("accept", second, other))).toBe("team.invitation_withdrawn");

    await invite(id, { email: other.email, role: "member" }, admin);
    expect(codeOf(await answer("accept", second, other))).toBe("auth.link_invalid");
    const third = await tokenTo(other.email);
    t.travel(15 * 86_400_000);
    expect(codeOf(await answer("accept", third, other))).toBe("team.invitation_expired");
    expect(codeOf(await answer("open", `${third.slice(0, -1)}x`))).toBe("auth.link_invalid");
    expect((await t.post(`/team-invitations/${withdrawn.id}/resend`, {}, owner)).json().status).toBe("invited");
    expect((await answer("accept", third, other)).statusCode).toBe(200);
  });

  it("answers the same whether an address has an account or not", async () => {
    const { id, owner } = await aTeam();
    const known = await aUser(t, { name: "Known Already" });
    const unknown = someEmail();

    const replies = [
      await invite(id, { email: known.email, role: "member" }, owner),
      await invite(id, { email: unknown, role: "member" }, owner),
    ];

    const shapes = replies.map((reply) => ({ ...reply.json(), id: "", email: "", sentAt: "", endsAt: "" }));
    expect(shapes[0]).toEqual(shapes[1]);
    const list = (await t.get(`/organizers/${id}/team-invitations`, owner)).json().items;
    const history = (await t.get(`/organizers/${id}/team-history`, owner)).json().items;
    expect(JSON.stringify([list, history])).not.toContain("Known Already");
    expect(history.map(({ whom }: { whom: string }) => whom).sort()).toEqual([known.email, unknown].sort());
    expect((await t.lettersTo(unknown)).length + (await kindsTo(unknown)).length).toBe(1);
  });

  it("is declined without an account, and asked again by another letter", async () => {
    const { id, owner } = await aTeam();
    const email = someEmail();
    await invite(id, { email, role: "member" }, owner);
    const token = await tokenTo(email);

    expect((await answer("decline", token)).json().status).toBe("declined");
    expect(codeOf(await invite(id, { email, role: "member" }, owner))).toBe(undefined);
    expect(codeOf(await answer("decline", token))).toBe("auth.link_invalid");
    expect(codeOf(await invite(id, { email, role: "member" }, owner))).toBe("team.already_invited");
  });

  it("is given only by those who may, and nothing above themselves", async () => {
    const { id, owner, admin, member } = await aTeam();
    const wish = (role: Role) => ({ email: someEmail(), role });

    expect(codeOf(await invite(id, wish("member"), member))).toBe("auth.forbidden");
    expect(codeOf(await invite(id, wish("owner"), admin))).toBe("auth.forbidden");
    expect((await invite(id, wish("admin"), admin)).statusCode).toBe(201);
    expect(codeOf(await invite(id, wish("owner"), owner))).toBe("auth.confirm_needed");
    expect(codeOf(await invite(id, { email: member.email, role: "member" }, admin))).toBe("team.already_member");
    expect((await t.get(`/organizers/${id}/team-invitations`, member)).statusCode).toBe(403);
    expect((await t.get(`/organizers/${id}/team-history`, admin)).statusCode).toBe(403);
    for (const body of [{ role: "member" }, { email: "nowhere", role: "member" }, { email: someEmail(), role: "door" }])
      expect((await invite(id, body, owner)).statusCode).toBe(400);
  });

  it("ends with who gave it and is in the team no longer", async () => {
    const { id, owner, admin } = await aTeam();
    const ivy = await aUser(t);
    await invite(id, { email: ivy.email, role: "admin" }, admin);
    const token = await tokenTo(ivy.email);

    await remove(id, admin, owner);

    expect(codeOf(await answer("accept", token, ivy))).toBe("team.invitation_withdrawn");
  });

  it("is seen to by the team it belongs to, and is nothing to anybody else", async () => {
    const { id, owner, member } = await aTeam();
    const { id: invitation } = (await invite(id, { email: someEmail(), role: "admin" }, owner)).json();

    for (const one of [member, await aUser(t)]) {
      expect(codeOf(await t.send("DELETE", `/team-invitations/${invitation}`, undefined, one))).toBe(
        "team.invitation_not_found",
      );
      expect(codeOf(await t.post(`/team-invitations/${invitation}/resend`, {}, one))).toBe("team.invitation_not_found");
    }
  });
});

describe("handing over", () => {
  const handOver = (id: string, whom: Someone, as: Someone) =>
    t.post(`/organizers/${id}/handover`, { userId: whom.userId }, as);

  it("asks the owner once more, waits for the other's yes, and tells both", async () => {
    const { id, owner, admin, member } = await aTeam();

    expect(codeOf(await handOver(id, member, admin))).toBe("auth.forbidden");
    expect(codeOf(await handOver(id, member, owner))).toBe("auth.confirm_needed");
    await confirm(owner);
    expect(codeOf(await handOver(id, await aUser(t), owner))).toBe("team.member_not_found");
    expect((await handOver(id, member, owner)).json()).toMatchObject({ isHandover: true, role: "owner" });
    expect(await rolesOf(id)).toEqual(["admin", "member", "owner"]);

    const token = await tokenTo(member.email);
    expect((await answer("accept", token, member)).statusCode).toBe(200);
    const roles = Object.fromEntries(
      (await members(id, owner)).map((one: Record<string, string>) => [one.name, one.role]),
    );
    expect(roles).toEqual({ "Grace Host": "admin", "Mel Member": "owner", "Amy Admin": "admin" });
    expect([(await kindsTo(owner.email)).at(-1), (await kindsTo(member.email)).at(-1)]).toEqual([
      "team.gave_over",
      "team.handed_over",
    ]);
    const bells = await Promise.all(
      [owner, member].map(async (one) => (await t.get("/me/notices", one)).json().items[0]),
    );
    expect(bells).toMatchObject([
      { kind: "team.gave_over", by: "Mel Member" },
      { kind: "team.handed_over", by: "Grace Host" },
    ]);
    const steps = (await t.get(`/organizers/${id}/team-history`, member)).json().items;
    expect(steps).toMatchObject([
      { what: "handed_over", by: "Mel Member", whom: "Mel Member", role: "owner" },
      { what: "invited", by: "Grace Host", whom: member.email, role: "owner" },
    ]);
  });

  it("is nothing any more once the giver is an owner no longer", async () => {
    const { id, owner, admin, member } = await aTeam();
    await confirm(owner);
    await handOver(id, member, owner);
    await handOver(id, admin, owner);
    const tokens = [await tokenTo(member.email), await tokenTo(admin.email)];

    const replies = await Promise.all([
      answer("accept", tokens[0] ?? "", member),
      answer("accept", tokens[1] ?? "", admin),
    ]);

    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    expect((await rolesOf(id)).filter((role) => role === "owner")).toEqual(["owner"]);
  });
});

describe("the team of one event", () => {
  const path = ({ eventId }: Event) => `/events/${eventId}/team`;
  const ask = (event: Event, role: string, email: string, as: Someone) =>
    t.post(`${path(event)}-invitations`, { email, role }, as);

  async function named(event: Event, role: "cohost" | "moderator" | "door") {
    const someone = await aUser(t, { name: `The ${role}` });
    await ask(event, role, someone.email, event.host);
    await answer("accept", await tokenTo(someone.email), someone);
    return someone;
  }

  it("lets who was invited do there what the role says, at every time of it, and nothing elsewhere", async () => {
    const event = await anEvent(t);
    const elsewhere = await anEvent(t, { by: event.host });
    const cohost = await named(event, "cohost");
    const door = await named(event, "door");

    const edit = (as: Someone, { eventId }: Event) => t.send("PATCH", `/events/${eventId}`, { summary: "New" }, as);
    expect([(await edit(cohost, event)).statusCode, (await edit(door, event)).statusCode]).toEqual([200, 403]);
    expect((await edit(cohost, elsewhere)).statusCode).toBe(403);
    expect((await t.get(`/events/${event.eventId}/door`, door)).statusCode).toBe(200);
    expect((await t.get(`/events/${event.eventId}`, door)).json().team).toMatchObject({
      role: "door",
      may: ["seePeople", "keepDoor", "seeTeam"],
    });
    const { items } = (await t.get(path(event), door)).json();
    expect(items.map(({ role, email }: Record<string, string>) => [role, email])).toEqual([
      ["cohost", null],
      ["door", null],
    ]);
    const busy = await t.db
      .selectFrom("busy_ranges")
      .select("gathering_id")
      .where("user_id", "=", cohost.userId)
      .execute();
    expect(busy).toEqual([{ gathering_id: event.gatheringId }]);
  });

  it("is kept by its co-hosts, who give no more than they are and take what is below them", async () => {
    const event = await anEvent(t);
    const [one, two, door] = [await named(event, "cohost"), await named(event, "cohost"), await named(event, "door")];
    const set = (whom: Someone, role: string, as: Someone) =>
      t.send("PATCH", `${path(event)}/${whom.userId}`, { role }, as);
    const drop = (whom: Someone, as: Someone) => t.send("DELETE", `${path(event)}/${whom.userId}`, undefined, as);

    expect((await set(door, "moderator", one)).json().role).toBe("moderator");
    expect(codeOf(await set(two, "door", one))).toBe("auth.forbidden");
    expect(codeOf(await drop(two, one))).toBe("auth.forbidden");
    expect(codeOf(await ask(event, "door", someEmail(), door))).toBe("auth.forbidden");
    expect(codeOf(await ask(event, "door", two.email, one))).toBe("team.already_member");
    expect((await ask(event, "owner", someEmail(), event.host)).statusCode).toBe(400);
    expect((await drop(two, event.host)).statusCode).toBe(204);
    expect((await drop(one, one)).statusCode).toBe(204);
    expect(codeOf(await drop(one, event.host))).toBe("team.member_not_found");
    expect(
      await t.db.selectFrom("busy_ranges").select("id").where("user_id", "in", [one.userId, two.userId]).execute(),
    ).toEqual([]);
    expect(await kindsTo(two.email)).toEqual(["team.invited", "team.removed"]);
  });

  it("is nothing to strangers, and a draft's is not even there", async () => {
    const [event, draft] = [await anEvent(t), await anEvent(t, { status: "draft" })];
    const stranger = await aUser(t);

    expect(codeOf(await t.get(path(event), stranger))).toBe("auth.forbidden");
    expect(codeOf(await t.get(path(draft), stranger))).toBe("event.not_found");
    expect(codeOf(await ask(draft, "door", someEmail(), stranger))).toBe("event.not_found");
  });

  it("goes with the draft that is thrown away", async () => {
    const draft = await anEvent(t, { status: "draft" });
    await ask(draft, "cohost", someEmail(), draft.host);
    await named(draft, "door");

    expect((await t.send("DELETE", `/events/${draft.eventId}`, undefined, draft.host)).statusCode).toBe(204);
  });

  it("raises who is invited again, and lowers nobody who is more already", async () => {
    const event = await anEvent(t);
    const someone = await aUser(t);
    await ask(event, "door", someone.email, event.host);
    const token = await tokenTo(someone.email);
    await aRole(t, event, someone, "moderator");

    await answer("accept", token, someone);

    expect((await t.get(path(event), event.host)).json().items).toMatchObject([{ role: "moderator" }]);
  });
});

describe("the dashboard", () => {
  const ids = async (path: string, as: Someone) => {
    const { items } = (await t.get(path, as)).json();
    return items.map(({ id, role }: { id: string; role: string }) => [id, role]).sort();
  };

  it("shows the events of every organizer one belongs to and those one is named for, with one's role", async () => {
    const [team, own] = [await aTeam(), await anEvent(t)];
    const named = await anEvent(t);
    await anEvent(t);
    await t.query(
      `update organizer_members set user_id = '${team.member.userId}' where organizer_id = '${own.organizerId}'`,
    );
    await aRole(t, named, team.member, "door");

    const all = [
      [team.eventId, "cohost"],
      [own.eventId, "owner"],
      [named.eventId, "door"],
    ];
    expect(await ids("/organize/events", team.member)).toEqual(all.sort());
    expect(await ids(`/organize/events?organizer_id=${own.organizerId}`, team.member)).toEqual([
      [own.eventId, "owner"],
    ]);
    const overview = (await t.get("/organize/overview", team.member)).json();
    expect(overview.counts.upcoming).toBe(3);
    expect(overview.next).toHaveLength(3);
    const elsewhere = await t.get(`/organize/events?organizer_id=${named.organizerId}`, team.member);
    expect(codeOf(elsewhere)).toBe("organizer.not_found");
  });

  it("leaves who belongs to others' teams only free to begin something of their own, once", async () => {
    const { id, member } = await aTeam();

    const begun = await Promise.all([1, 2, 3].map(() => t.post("/organizers", {}, member)));

    const made = new Set(begun.map((reply) => reply.json().id));
    expect(begun.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(made.size).toBe(1);
    expect(made.has(id)).toBe(false);
    expect((await t.get("/organizers", member)).json().items).toHaveLength(2);
  });

  it("shows who is on one event that event alone", async () => {
    const event = await anEvent(t);
    await anEvent(t, { by: event.host });
    const speaker = await aUser(t);
    await aRole(t, event, speaker, "speaker");

    expect(await ids("/organize/events", speaker)).toEqual([[event.eventId, "speaker"]]);
    expect((await t.get("/organize/overview", speaker)).json().counts).toMatchObject({ upcoming: 1 });
  });
});

describe("an organizer and its event", () => {
  it("wait for nobody who only writes down that something belongs to them, or two such would wait for each other", async () => {
    const { eventId, organizerId, host } = await anEvent(t);

    const replies = await t.db.transaction().execute(async (other) => {
      await sql`select from organizers where id = ${organizerId} for key share`.execute(other);
      await sql`select from events where id = ${eventId} for key share`.execute(other);
      return [
        await t.post(`/events/${eventId}/team-invitations`, { email: someEmail(), role: "door" }, host),
        await t.post(`/events/${eventId}/template`, { name: "Again" }, host),
      ];
    });

    expect(replies.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
  });
});
