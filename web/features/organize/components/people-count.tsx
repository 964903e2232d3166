import type { People } from "#contract/event-team.ts";
import { useFill, useWords } from "#web/platform/words.ts";

/** How many come, ask and wait; what is nothing is not said. */
export function PeopleCount({ people }: { people: People }) {
  const words = useWords("organize.list");
  const fill = useFill();
  const said = [
    { n: people.confirmed, says: words.confirmed },
    { n: people.pending, says: words.pending },
    { n: people.waitlisted, says: words.waiting },
  ].filter(({ n }, index) => index === 0 || n > 0);
  return (
    <span className="text-sm text-ink-soft tabular">
      {said.map(({ n, says }) => fill(says, { n })).join("\u00a0· ")}
    </span>
  );
}
