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

/** The rows that are chosen. */
export function useChosenRows(): readonly string[] {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  useEffect(() => {
    const look = () => setChosen(boxes().flatMap(({ checked, value }) => (checked ? [value] : [])));
    document.addEventListener("change", look);
    look();
    return () => document.removeEventListener("change", look);
  }, []);
  return chosen;
}

/** How many they are. */
export const useChosen = (): number => useChosenRows().length;
