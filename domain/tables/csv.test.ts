import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bareCell, guardCell, readCsv, writeCsv } from "#domain/tables/csv.ts";

const anyCell = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc
    .tuple(
      fc.constantFrom("=", " =", "\u00a0\u200b@", "'  -", "+", "-", "@", "\t", "'", "'=", "＝", '"', "\r\n"),
      fc.string(),
    )
    .map((parts) => parts.join("")),
);

describe("a cell", () => {
  it("never begins with what a spreadsheet runs, and comes back as it was", () => {
    fc.assert(
      fc.property(anyCell, (text) => {
        expect(guardCell(text)).not.toMatch(/^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u);
        expect(bareCell(guardCell(text))).toBe(text);
      }),
    );
  });
});

describe("a table as CSV", () => {
  it("always comes back as it was written", () => {
    const anyTable = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { maxLength: 8 }));
    // A heading says what divides the others, as in every table of ours.
    const headed = anyTable.map((rows) => [["a", "b"], ...rows]);
    fc.assert(
      fc.property(headed, (rows) => {
        expect(readCsv(writeCsv(rows))).toEqual(rows);
      }),
    );
  });

  it("is read as other programs write it", () => {
    expect(readCsv('name;email\r\n"Hopper; Grace";grace@example.org\n\nAda ; ada@example.org\n\n')).toEqual([
      ["name", "email"],
      ["Hopper; Grace", "grace@example.org"],
      [],
      ["Ada", "ada@example.org"],
    ]);
    expect(readCsv("")).toEqual([]);
  });
});
