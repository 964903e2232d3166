import { isUtf8 } from "node:buffer";
import { unzipSync, zipSync } from "fflate";
import { readSheet } from "read-excel-file/node";
import writeXlsxFile from "write-excel-file/node";

import { guardCell, readCsv } from "#domain/tables/csv.ts";
import { Problem } from "#server/platform/problem.ts";

export const mostRows = 5000;
const mostBytes = 2 * 1024 * 1024;
const mostUnpacked = 40 * 1024 * 1024;

/** Reads CSV or XLSX, whichever the bytes are, into rows of plain texts. */
export async function readTable(bytes: Uint8Array): Promise<string[][]> {
  if (bytes.byteLength > mostBytes) throw new Problem("table.too_large", { maxBytes: mostBytes });
  if (bytes.byteLength === 0) throw new Problem("table.unreadable");
  const rows = isZip(bytes) ? await readWorkbook(bytes) : readCsv(textOf(bytes));
  if (rows.length > mostRows + 1) throw new Problem("table.too_large", { maxRows: mostRows });
  return rows;
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b;

function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  if (text.includes("\u0000")) throw new Problem("table.unreadable");
  return text;
}

/** Spreadsheets on Windows write CSV in its old alphabet, or in UTF-16 with its mark. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

async function readWorkbook(bytes: Uint8Array): Promise<string[][]> {
  try {
    const rows = await readSheet(Buffer.from(repacked(bytes)));
    return rows.map((row) => row.map(cellText));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem("table.unreadable");
  }
}

/** Unpacks within bounds and packs anew: a small file that says it is small and unpacks to a huge one gets no further. */
function repacked(bytes: Uint8Array): Uint8Array {
  let unpacked = 0;
  const files = unzipSync(bytes, {
    filter: ({ originalSize }) => {
      unpacked += originalSize;
      if (unpacked > mostUnpacked) throw new Problem("table.too_large", { maxBytes: mostUnpacked });
      return true;
    },
  });
  return zipSync(files, { level: 0 });
}

const cellText = (cell: unknown): string =>
  cell === null || cell === undefined
    ? ""
    : (cell instanceof Date ? cell.toISOString() : String(cell)).replaceAll("\u0000", "");

/** Writes rows of texts as a workbook; its first row is its heading. */
export async function writeWorkbook(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const cells = rows.map((row, index) =>
    row.map((text) => ({
      value: guardCell(text),
      type: String,
      ...(index === 0 ? { fontWeight: "bold" as const } : {}),
    })),
  );
  return writeXlsxFile(cells, { stickyRowsCount: 1 }).toBuffer();
}
