import { type MouseEvent, useEffect, useRef, useState } from "react";

/** A list that somebody writes: its rows keep what was typed in them wherever they go. */
export function useRows<R extends { id: string }>(given: readonly R[], onChanged: () => void) {
  const [rows, setRows] = useState<readonly R[]>(given);
  const become = (next: (now: readonly R[]) => readonly R[]) => {
    setRows(next);
    onChanged();
  };
  return {
    rows,
    /** Nothing is to be kept of a row before something stands in it. */
    add: (row: R) => setRows((now) => [...now, row]),
    fill: (row: R) => become((now) => [...now, row]),
    remove: (id: string) => become((now) => now.filter((row) => row.id !== id)),
    move: (id: string, by: -1 | 1) =>
      become((now) => {
        const at = now.findIndex((row) => row.id === id);
        const row = now[at];
        return row ? now.toSpliced(at, 1).toSpliced(at + by, 0, row) : now;
      }),
    say: (id: string, part: Partial<R>) =>
      setRows((now) => now.map((row) => (row.id === id ? { ...row, ...part } : row))),
  };
}

export type Rows<R extends { id: string }> = ReturnType<typeof useRows<R>>;

/** A row that was just added wants its first words. */
export function useFirstWords(isBlank: boolean) {
  const row = useRef<HTMLFieldSetElement>(null);
  const [wasBlank] = useState(isBlank);
  useEffect(() => {
    if (wasBlank) row.current?.querySelector<HTMLElement>("[data-first] input")?.focus();
  }, [wasBlank]);
  return row;
}

/** Does it, and leaves nobody who goes by keyboard at the top of the page: the button moves with its row, or is gone. */
export function staying({ currentTarget }: MouseEvent<HTMLElement>, change: () => void): void {
  const section = currentTarget.closest("section");
  change();
  requestAnimationFrame(() => {
    const next = currentTarget.isConnected ? currentTarget : section?.querySelector<HTMLElement>("[data-add]");
    next?.focus();
  });
}
