import { type ChangeEvent, useEffect, useState } from "react";

/** The form to which the boxes of a list's rows belong, wherever they stand. */
export const bulkForm = "bulk";

/** The boxes of all rows that are shown. */
export const boxes = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>(`input[name=who][form=${bulkForm}]`),
];

/** Makes every box as the one that was pressed. */
export function chooseAll({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
  for (const box of boxes()) box.checked = currentTarget.checked;
}

/** How many rows are chosen. */
export function useChosen(): number {
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    const count = () => setChosen(boxes().filter(({ checked }) => checked).length);
    document.addEventListener("change", count);
    count();
    return () => document.removeEventListener("change", count);
  }, []);
  return chosen;
}
