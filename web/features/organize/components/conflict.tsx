import type { EventView } from "#contract/events.ts";
import { wallIn } from "#web/features/organize/components/wall.ts";
import type { FormFailure } from "#web/platform/form.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

interface Props {
  failure: FormFailure;
  onKeepMine: (version: number) => void;
}

const shown = [
  "title",
  "summary",
  "description",
  "startTime",
  "endTime",
  "timeZone",
  "placeName",
  "placeAddress",
  "capacity",
];

/** Two versions of one event, side by side, where they differ; the person says which one stays. */
export function Conflict({ failure, onKeepMine }: Props) {
  const words = useWords("organize.edit");
  const theirs = failure.details.current as EventView;
  const version = Number(failure.details.version);
  const differing = shown
    .map((name) => ({ name, mine: failure.typed[name] ?? "", other: textOf(theirs, name) }))
    .filter(({ mine, other }) => mine !== other);
  return (
    <div role="alert" className="grid gap-4 rounded-panel border border-bad/40 bg-bad-wash p-5">
      <div>
        <p className="font-medium">{words.conflictTitle}</p>
        <p className="text-sm">{words.conflictText}</p>
      </div>
      <table className="w-full text-sm">
        <thead>
          <tr>
            <td />
            <th scope="col" className="pe-4 text-start text-xs font-medium text-ink-soft">
              {words.yours}
            </th>
            <th scope="col" className="text-start text-xs font-medium text-ink-soft">
              {words.theirs}
            </th>
          </tr>
        </thead>
        <tbody>
          {differing.map(({ name, mine, other }) => (
            <tr key={name} className="border-t border-line align-top">
              <th scope="row" className="py-2 pe-4 text-start text-xs font-normal text-ink-soft">
                {labelOf(words, name)}
              </th>
              <td className="max-w-60 py-2 pe-4 break-words">{mine || words.empty}</td>
              <td className="max-w-60 py-2 break-words">{other || words.empty}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" onClick={() => onKeepMine(version)}>
          {words.keepMine}
        </Button>
        <Button onClick={() => window.location.reload()}>{words.takeTheirs}</Button>
      </div>
    </div>
  );
}

const labels = { startTime: "start", endTime: "end", timeZone: "zone" } as const;

function labelOf(words: Record<string, string>, name: string): string {
  return words[name in labels ? labels[name as keyof typeof labels] : name] ?? name;
}

function textOf(event: EventView, name: string): string {
  if (name === "startTime" || name === "endTime") return wallIn(event[name], event.timeZone);
  return String((event as Record<string, unknown>)[name] ?? "");
}
