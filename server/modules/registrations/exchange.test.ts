import { zipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { writeWorkbook } from "#server/modules/registrations/tables.ts";
import { anEvent, aRole, aUser, startTestApp, type TestApp } from "#server/platform/testing.ts";
import { aGuest } from "#server/platform/testing-guests.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ trustedProxy: ["127.0.0.1"] });
});
afterAll(() => t.close());

type Event = Awaited<ReturnType<typeof anEvent>>;
const preview = (event: Event, payload: Buffer | string, as = event.host) =>
  t.request({
    method: "POST",
    url: `/api/v1/events/${event.eventId}/participants/preview`,
    payload,
    headers: { cookie: as.cookie, "content-type": "application/octet-stream" },
  });

describe("people as a table", () => {
  it("leave as CSV and as a workbook, with nothing that a spreadsheet would run", async () => {
    const event = await anEvent(t);
    const evil = await aGuest(t, event, { name: '=SUM("x","y")' });
    const plain = await aGuest(t, event, { name: "Lin, the second" });

    const csv = await t.get(`/events/${event.eventId}/participants.csv`, event.host);
    const xlsx = await t.get(`/events/${event.eventId}/participants.xlsx`, event.host);

    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.body).toContain(`"'=SUM(""x"",""y"")",${evil.email},Coming,in person,Admission`);
    expect(csv.body).toContain(`"Lin, the second",${plain.email}`);
    const rows = await readSheet(xlsx.rawPayload);
    expect(rows[0]?.slice(0, 2)).toEqual(["Name", "E-mail"]);
    expect(rows.map(([name]) => name)).toContain(`'=SUM("x","y")`);
    const only = await t.get(`/events/${event.eventId}/participants.csv?q=second`, event.host);
    expect(only.body.trim().split("\r\n")).toHaveLength(2);
  });

  it("leave in the words of whoever reads them, and come back in from them", async () => {
    const event = await anEvent(t, { format: "hybrid" });
    const { email } = await aGuest(t, event, { name: "Jürgen Groß", side: "in_person" });
    const headers = { cookie: event.host.cookie, "accept-language": "de" };
    await t.query(`update users set locale = 'de' where id = '${event.host.userId}'`);

    const { body } = await t.request({ url: `/api/v1/events/${event.eventId}/participants.csv`, headers });

    expect(body).toContain("Angemeldet am (UTC)");
    expect(body).toMatch(
      new RegExp(`Jürgen Groß,${email},Kommt,vor Ort,Admission,"","","","",\\d{4}-\\d\\d-\\d\\d \\d\\d:`),
    );
    const other = await anEvent(t, { format: "hybrid" });
    expect((await preview(other, body)).json().lines).toMatchObject([
      { line: 2, email, side: "in_person", problem: null },
    ]);
  });

  it("come in from spreadsheets that know no UTF-8", async () => {
    const event = await anEvent(t);
    const text = "Vorname;Nachname;E-Mail\r\nJürgen;Groß;j@example.org\r\n";
    for (const encoding of ["latin1", "utf16le"] as const) {
      const bytes = Buffer.from(encoding === "utf16le" ? `\uFEFF${text}` : text, encoding);
      expect((await preview(event, bytes)).json().lines).toMatchObject([
        { line: 2, name: "Jürgen Groß", problem: null },
      ]);
    }
  });

  it("leave for those alone who decide", async () => {
    const event = await anEvent(t);
    const door = await aUser(t);
    await aRole(t, event, door, "door");

    for (const format of ["csv", "xlsx"]) {
      expect((await t.get(`/events/${event.eventId}/participants.${format}`, door)).json().code).toBe("auth.forbidden");
      expect((await t.get(`/events/${event.eventId}/participants.${format}`)).json().code).toBe("auth.required");
    }
    expect((await preview(event, "a", door)).json().code).toBe("auth.forbidden");
  });

  it("come in line by line from either, and change nothing before they are added", async () => {
    const event = await anEvent(t);
    const known = await aGuest(t, event);
    const rows = [
      ["Name", "E-mail", "Side"],
      ["Nell", "nell@example.org", ""],
      ["Lin", known.email, ""],
      ["", "x", ""],
    ];
    const csv = rows.map((row) => row.join(",")).join("\n");

    const read = [await preview(event, csv), await preview(event, Buffer.from(await writeWorkbook(rows)))];

    for (const reply of read)
      expect(reply.json().lines).toMatchObject([
        { line: 2, name: "Nell", email: "nell@example.org", problem: null },
        { line: 3, problem: "known" },
        { line: 4, problem: "no_address" },
      ]);
    expect((await t.get(`/events/${event.eventId}/register`, event.host)).json().taken).toBe(1);
  });

  it("are refused kindly when they are no table, or too large, packed or not", async () => {
    const event = await anEvent(t);
    const bomb = Buffer.from(zipSync({ "xl/workbook.xml": new Uint8Array(45 * 1024 * 1024) }));

    expect(bomb.byteLength).toBeLessThan(200_000);
    expect((await preview(event, bomb)).json().code).toBe("table.too_large");
    expect((await preview(event, "a@b.cd\n".repeat(6000))).json().code).toBe("table.too_large");
    for (const broken of [
      Buffer.from("PK\u0003\u0004 broken"),
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]),
      Buffer.from("a\u0000b"),
      Buffer.alloc(0),
    ])
      expect((await preview(event, broken)).json().code).toBe("table.unreadable");
  });
});
