/** One line of a list of addresses: somebody, or what is wrong with it. */
export type AddressLine =
  | { line: number; text: string; name: string; email: string }
  | { line: number; text: string; because: "no_address" | "twice" };

const address = /[^\s<>,;"']+@[^\s<>,;"'@]+\.[^\s<>,;"'@]+/;
const whole = new RegExp(`^${address.source}$`);
const mostLines = 2000;

/**
 * Reads addresses as people paste them: one a line or several divided by commas, bare, as `Name <address>`, or as lines
 * of a table with the name beside the address.
 *
 * Nothing is lost silently: every piece is somebody, or is named with what is wrong. A heading of a table is passed over.
 */
export function readAddresses(text: string): AddressLine[] {
  const seen = new Set<string>();
  return text
    .split(/\r\n|\r|\n/)
    .slice(0, mostLines)
    .flatMap((line, index) => piecesOf(line).map((piece) => ({ piece, line: index + 1 })))
    .flatMap(({ piece, line }): AddressLine[] => {
      const found = readOne(piece);
      const text = piece.slice(0, 200);
      if (!found) return isHeading(piece, line) ? [] : [{ line, text, because: "no_address" }];
      if (seen.has(found.email)) return [{ line, text, because: "twice" }];
      seen.add(found.email);
      return [{ line, text, ...found }];
    });
}

/** A line with one address is one person, whatever else stands in it; one with several is cut at its commas. */
function piecesOf(line: string): string[] {
  const trimmed = line.trim();
  if (trimmed === "") return [];
  const addresses = trimmed.match(new RegExp(address, "g")) ?? [];
  if (addresses.length < 2) return [trimmed];
  return trimmed
    .split(/[,;]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

function readOne(piece: string): { name: string; email: string } | undefined {
  const match = address.exec(piece);
  const email = match?.[0].toLowerCase();
  if (!match || !email || !whole.test(email) || email.length > 254) return undefined;
  const rest = `${piece.slice(0, match.index)} ${piece.slice(match.index + match[0].length)}`;
  const name = rest
    .replace(/["<>,;\t]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return { name: name.slice(0, 120), email };
}

const isHeading = (piece: string, line: number): boolean => line === 1 && /\b(e-?mail|address)\b/i.test(piece);
