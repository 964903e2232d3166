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

  it("reads without headings", () => {
    expect(readPeople([["Ada", "ada@example.org"]], known)).toMatchObject([{ line: 1, name: "Ada", problem: null }]);
    expect(readPeople([["ada@example.org", "Ada"]], known)).toMatchObject([{ line: 1, name: "Ada", problem: null }]);
    expect(readPeople([], known)).toEqual([]);
  });

  it("always answers every line, and never takes an address twice", () => {
    const anyRow = fc.array(fc.oneof(fc.string(), fc.constantFrom("a@b.cd", "Name", "x@y.zw", "email")), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const lines = readPeople(rows, known);
        expect(rows.length - lines.length).toBeLessThanOrEqual(1);
        const good = lines.filter(({ problem }) => problem === null).map(({ email }) => email);
        expect(new Set(good).size).toBe(good.length);
      }),
    );
  });
});
