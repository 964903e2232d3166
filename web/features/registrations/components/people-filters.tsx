import { useSearchParams } from "react-router";
import { useFill, useWords } from "#web/platform/words.ts";
import { FilterChips } from "#web/ui/list.tsx";

const statuses = ["confirmed", "pending", "waitlisted", "offered", "declined", "cancelled"] as const;

type Counts = Record<(typeof statuses)[number], number>;

/** Those of one state alone. */
export function PeopleFilters({ counts }: { counts: Counts }) {
  const words = useWords("registrations.people");
  const fill = useFill();
  const [search] = useSearchParams();
  // What is chosen stays to be seen, even when the last one has left it.
  const isShown = (status: keyof Counts) =>
    status === "confirmed" || counts[status] > 0 || search.get("status") === status;
  return (
    <FilterChips
      name="status"
      label={words.filter}
      all={words.all}
      options={statuses.filter(isShown).map((status) => ({
        value: status,
        label: fill(words[status === "declined" ? "saidNo" : status], { n: counts[status] }),
      }))}
    />
  );
}
