import { type Side, sides } from "#domain/registrations/places.ts";

/** One line of a table of people: somebody to be added, or what is wrong with it. */
export interface ImportLine {
  /** As the table's program numbers it. */
  line: number;
  name: string;
  email: string;
  side: Side | null;
  ticketTypeId: string | null;
  problem: "no_address" | "no_name" | "twice" | "side_unknown" | "ticket_unknown" | null;
}

type Column = "name" | "email" | "side" | "ticket";
const headings: Record<Column, RegExp> = {
  email: /^(e-?mail|e-?mail[ -]address|address|mail)$/i,
  name: /^(name|full name|display name)$/i,
  side: /^(side|how they come|attendance mode)$/i,
  ticket: /^(ticket|ticket type)$/i,
};
const address = /^[^\s<>,;"'@]+@[^\s<>,;"'@]+\.[^\s<>,;"'@]+$/;

/**
 * Reads a table of people, by its headings where it has any, else by what its first line looks like.
 *
 * Every line is somebody or says what is wrong with it; nobody is there twice.
 */
export function readPeople(
  rows: readonly (readonly string[])[],
  known: { types: readonly { id: string; name: string }[]; sides: readonly Side[] },
): ImportLine[] {
  const [first = []] = rows;
  const titled = columnsOf(first);
  const columns = titled ?? guess(first);
  const seen = new Set<string>();
  return rows.slice(titled ? 1 : 0).map((row, index) => {
    const at = (column: Column) => (columns[column] === undefined ? "" : (row[columns[column]] ?? "").trim());
    const email = at("email").toLowerCase();
    const name = at("name").slice(0, 120);
    const side = sideOf(at("side"));
    const type = known.types.find(({ name: typeName }) => typeName.toLowerCase() === at("ticket").toLowerCase());
    const problem = problemOf();
    if (problem === null) seen.add(email);
    return {
      line: index + (titled ? 2 : 1),
      name,
      email: email.slice(0, 254),
      side: side && known.sides.includes(side) ? side : null,
      ticketTypeId: type?.id ?? null,
      problem,
    };

    function problemOf(): ImportLine["problem"] {
      if (!address.test(email) || email.length > 254) return "no_address";
      if (seen.has(email)) return "twice";
      if (name === "") return "no_name";
      if (at("side") !== "" && (side === null || !known.sides.includes(side))) return "side_unknown";
      return at("ticket") !== "" && !type ? "ticket_unknown" : null;
    }
  });
}

function columnsOf(row: readonly string[]): Partial<Record<Column, number>> | null {
  const found: Partial<Record<Column, number>> = {};
  for (const [index, cell] of row.entries())
    for (const column of Object.keys(headings) as Column[])
      if (found[column] === undefined && headings[column].test(cell.trim())) found[column] = index;
  return found.email === undefined ? null : found;
}

/** Without headings: the address is where one stands, the name in the column before it, or else after it. */
function guess(row: readonly string[]): Partial<Record<Column, number>> {
  const email = Math.max(
    0,
    row.findIndex((cell) => address.test(cell.trim())),
  );
  return { email, name: email === 0 ? 1 : email - 1 };
}

function sideOf(text: string): Side | null {
  const plain = text.toLowerCase().replace(/[\s-]/g, "_");
  if (plain === "online") return "virtual";
  return sides.find((side) => side === plain) ?? null;
}
