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

type Column = "name" | "first" | "last" | "email" | "side" | "ticket";
/** As our own tables and those of others are headed. */
const headings: Record<Column, RegExp> = {
  email: /^(e-?mail|(attendee )?e-?mail[ -]?add?ress(e)?|address|mail)$/i,
  name: /^(name|full name|display name|(voller|vollständiger) name)$/i,
  first: /^((attendee )?first[ _-]?name|given name|vorname)$/i,
  last: /^((attendee )?(last[ _-]?name|surname)|family name|nachname|familienname)$/i,
  side: /^(side|how they come|attendance mode|seite|teilnahme)$/i,
  ticket: /^(ticket|ticket[ -]?type|ticket[ -]?typ|ticketart)$/i,
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
  const begin = rows.findIndex(isSaying);
  const first = rows[begin] ?? [];
  const titled = columnsOf(first);
  const columns = titled ?? guess(first);
  const seen = new Set<string>();
  return rows.flatMap((row, index) => {
    if (!isSaying(row) || (titled && index === begin)) return [];
    const at = (column: Column) => (columns[column] === undefined ? "" : (row[columns[column]] ?? "").trim());
    const email = at("email").toLowerCase();
    const name = (at("name") || [at("first"), at("last")].filter(Boolean).join(" ")).slice(0, 120);
    const side = sideOf(at("side"));
    const type = known.types.find(({ name: typeName }) => typeName.toLowerCase() === at("ticket").toLowerCase());
    const problem = problemOf();
    if (problem === null) seen.add(email);
    return {
      line: index + 1,
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

/** Lines in which nothing stands are counted, since spreadsheets count them. */
const isSaying = (row: readonly string[]): boolean => row.some((cell) => cell.trim() !== "");

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

/** What our own tables say for a side, in whatever language they were written. */
const sideWords: Readonly<Record<string, Side>> = {
  online: "virtual",
  physical: "in_person",
  vor_ort: "in_person",
  both_ways: "both",
  auf_beiden_wegen: "both",
};

function sideOf(text: string): Side | null {
  const plain = text.toLowerCase().replace(/[\s-]/g, "_");
  return sideWords[plain] ?? sides.find((side) => side === plain) ?? null;
}
