import type { ReactNode } from "react";

export interface Column<Row> {
  key: string;
  title: string;
  show: (row: Row) => ReactNode;
  /** `main` is the row's name and its heading on a phone; `quiet` is left out there and wherever room is scarce; `end` stands at the end (numbers); `act` too, and beside the heading on a phone. */
  as?: "main" | "quiet" | "end" | "act";
}

interface TableProps<Row> {
  /** What the table is about, for ears. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A table on a wide screen; the same rows as cards on a phone. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table className="table-cards">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, title, as }) => (
            <th key={key} scope="col" data-as={as === "main" ? undefined : as}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)}>
            {columns.map(({ key, title, show, as }) => (
              <td key={key} data-as={as} data-title={title}>
                {show(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
