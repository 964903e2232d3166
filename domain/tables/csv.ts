/** What spreadsheets take for a formula, in whatever width it is written, and behind blanks and signs that nobody sees. */
const formula = "[\\s\\p{Cf}]*[=+\\-@\\t\\r\\n＝＋－＠]";
const startsFormula = new RegExp(`^'*${formula}`, "u");
const isGuarded = new RegExp(`^'+${formula}`, "u");

/** A cell that no spreadsheet runs: an apostrophe stands before what would be a formula. */
export const guardCell = (text: string): string => (startsFormula.test(text) ? `'${text}` : text);

/** The cell as it was before it was guarded. */
export const bareCell = (text: string): string => (isGuarded.test(text) ? text.slice(1) : text);

/** Writes a table as CSV that spreadsheets open as it is and that runs nothing there. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map((cell) => quoted(guardCell(cell))).join(",")}\r\n`).join("")}`;

const quoted = (text: string): string =>
  /[",;\t\r\n]|^\s|\s$|^$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Reads CSV as programs write it: divided by commas, semicolons or tabs, quoted where needed; an empty line is a row without cells. */
export function readCsv(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, "");
  const divider = dividerOf(source);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  let wasQuoted = false;
  const endCell = () => {
    row.push(bareCell(wasQuoted ? cell : cell.trim()));
    cell = "";
    wasQuoted = false;
  };
  const endRow = () => {
    const isEmpty = row.length === 0 && cell.trim() === "" && !wasQuoted;
    if (!isEmpty) endCell();
    rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < source.length; at += 1) {
    const sign = source[at] ?? "";
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === "") {
      [isQuoted, wasQuoted, cell] = [true, true, ""];
    } else if (sign === divider) endCell();
    else if (sign === "\n" || sign === "\r") {
      if (sign === "\r" && source[at + 1] === "\n") at += 1;
      endRow();
    } else if (!wasQuoted) cell += sign;
  }
  endRow();
  while (rows.at(-1)?.length === 0) rows.pop();
  return rows;
}

/** The divider that the first line has most of. */
function dividerOf(source: string): string {
  const [first = ""] = source.split(/\r|\n/, 1);
  const bare = first.replace(/"[^"]*"/g, "");
  const count = (sign: string) => bare.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}
