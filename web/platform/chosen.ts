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

const chosenNow = () => boxes().flatMap(({ checked, value }) => (checked ? [value] : []));

/** The rows that are chosen; none any more as soon as something else is `done` to them. */
export function useChosenRows(done?: unknown): readonly string[] {
  const [chosen, setChosen] = useState("");
  useEffect(() => {
    if (done) document.querySelector<HTMLFormElement>(`form#${bulkForm}`)?.reset();
  }, [done]);
  // Rows come and go with what is shown, too.
  useEffect(() => {
    const look = () => setChosen(chosenNow().join());
    look();
    document.addEventListener("change", look);
    return () => document.removeEventListener("change", look);
  });
  return chosen === "" ? [] : chosen.split(",");
}

/** How many they are. */
export const useChosen = (done?: unknown): number => useChosenRows(done).length;
