import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readPeople } from "#domain/registrations/importing.ts";

const known = { types: [{ id: "t1", name: "Early bird" }], sides: ["in_person", "virtual"] as const };

describe("readPeople", () => {
  it("reads by headings in any order, and says what is wrong line by line", () => {
    const rows = [
      ["Ticket", "E-mail", "Name", "Side"],
      ["early bird", "ADA@example.org", "Ada", "Online"],
      ["", "ada@example.org", "Ada again", ""],
      ["", "nowhere", "Nobody", ""],
      ["", "lin@example.org", "", ""],
      ["Gold", "kay@example.org", "Kay", ""],
      ["", "olu@example.org", "Olu", "both"],
    ];
    expect(readPeople(rows, known)).toMatchObject([
      { line: 2, name: "Ada", email: "ada@example.org", side: "virtual", ticketTypeId: "t1", problem: null },
      { line: 3, problem: "twice" },
      { line: 4, problem: "no_address" },
      { line: 5, problem: "no_name" },
      { line: 6, problem: "ticket_unknown" },
      { line: 7, problem: "side_unknown" },
    ]);
  });

  it("counts empty lines as spreadsheets do, and has nobody in them", () => {
    const rows = [[], ["Name", "E-mail"], ["", " "], ["Ada", "ada@example.org"], [], ["Kay", "nowhere"]];
    expect(readPeople(rows, known)).toMatchObject([
      { line: 4, name: "Ada", problem: null },
      { line: 6, problem: "no_address" },
    ]);
  });

  it("reads tables of others, and ours in every language", () => {
    const ours = [
      ["Name", "E-Mail", "Status", "Seite", "Ticket"],
      ["Ada", "ada@example.org", "Kommt", "vor Ort", "Early bird"],
    ];
    expect(readPeople(ours, known)).toMatchObject([{ name: "Ada", side: "in_person", ticketTypeId: "t1" }]);
    const theirs = [
      ["First Name", "Last Name", "E-Mail-Adresse"],
      ["Ada", "Lovelace", "ada@example.org"],
      ["Prince", "", "prince@example.org"],
    ];
    expect(readPeople(theirs, known)).toMatchObject([{ name: "Ada Lovelace" }, { name: "Prince", problem: null }]);
  });

  it("reads without headings", () => {
    expect(readPeople([["Ada", "ada@example.org"]], known)).toMatchObject([{ line: 1, name: "Ada", problem: null }]);
    expect(readPeople([["ada@example.org", "Ada"]], known)).toMatchObject([{ line: 1, name: "Ada", problem: null }]);
    expect(readPeople([], known)).toEqual([]);
  });

  it("always answers every line that says something, and never takes an address twice", () => {
    const anyRow = fc.array(fc.oneof(fc.string(), fc.constantFrom("a@b.cd", "Name", "x@y.zw", "email")), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const lines = readPeople(rows, known);
        const said = rows.filter((row) => row.some((cell) => cell.trim() !== ""));
        expect(said.length - lines.length).toBeLessThanOrEqual(1);
        const good = lines.filter(({ problem }) => problem === null).map(({ email }) => email);
        expect(new Set(good).size).toBe(good.length);
      }),
    );
  });
});
