import { Hash, History, Undo2, UserSearch } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import type { CheckIn, Door } from "#contract/tickets.ts";
import { Finder } from "#web/features/door/components/finder.tsx";
import { allowSound } from "#web/features/door/components/signal.ts";
import type { DoorHands } from "#web/features/door/components/use-door.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

type Tool = "code" | "name" | "recent";

/** What helps where no camera does. On a phone one tool at a time, opened from the thumb's row; all of them beside a wide picture. */
export function Dock({ door, hands, gate }: { door: Door; hands: DoorHands; gate: string }) {
  const words = useWords("door.page");
  const [open, setOpen] = useState<Tool | null>(null);
  const hasScript = useHasScript();
  const tools = [
    { tool: "code", says: words.type, Icon: Hash, part: <CodeForm hands={hands} gate={gate} /> },
    { tool: "name", says: words.search, Icon: UserSearch, part: <Finder door={door} hands={hands} /> },
    { tool: "recent", says: words.recent, Icon: History, part: <Recent door={door} hands={hands} /> },
  ] as const;
  return (
    <div className="flex min-h-0 flex-col bg-paper max-lg:border-t max-lg:border-line lg:gap-8 lg:overflow-y-auto lg:p-1">
      {tools.map(({ tool, says, part }) => (
        <section
          key={tool}
          id={`tool-${tool}`}
          aria-label={says}
          className={`max-lg:max-h-[46dvh] max-lg:overflow-y-auto max-lg:p-4 ${hasScript && open !== tool ? "max-lg:hidden" : ""}`}
        >
          <h2 className={tool === "recent" ? "mb-3 text-lg! max-lg:sr-only" : "sr-only"}>{says}</h2>
          {part}
        </section>
      ))}
      <nav aria-label={words.title} className="grid grid-cols-3 pb-[env(safe-area-inset-bottom)] lg:hidden">
        {tools.map(({ tool, says, Icon }) => (
          <button
            key={tool}
            type="button"
            aria-expanded={open === tool}
            aria-controls={`tool-${tool}`}
            onClick={() => {
              allowSound();
              setOpen(open === tool ? null : tool);
            }}
            className="grid min-h-16 justify-items-center gap-0.5 px-2 py-2 text-xs text-ink-soft -outline-offset-2! aria-expanded:text-accent [&_svg]:size-6"
          >
            <Icon aria-hidden="true" />
            {says}
          </button>
        ))}
      </nav>
    </div>
  );
}

/** Before any script runs, every tool lies open. */
function useHasScript(): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => setHas(true), []);
  return has;
}

function CodeForm({ hands, gate }: { hands: DoorHands; gate: string }) {
  const words = useWords("door.page");
  return (
    <Form
      className="flex items-start gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        allowSound();
        const code = String(new FormData(submit.currentTarget).get("code")).trim();
        if (code) void hands.letIn({ code });
        submit.currentTarget.reset();
      }}
    >
      <input type="hidden" name="gate" value={gate} />
      <Field
        name="code"
        label={words.code}
        hint={words.codeHint}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={300}
        className="flex-1"
        required
      />
      <SubmitButton className="mt-7 min-h-11" pending={hands.isAsking}>
        {words.check}
      </SubmitButton>
    </Form>
  );
}

function Recent({ door, hands }: { door: Door; hands: DoorHands }) {
  const words = useWords("door.page");
  const fill = useFill();
  if (hands.recent.length === 0) return <p className="text-sm text-ink-soft">{words.nobody}</p>;
  return (
    <ul className="grid">
      {hands.recent.map((checkIn) => (
        <Came key={checkIn.id} checkIn={checkIn} zone={door.timeZone}>
          <Button
            size="sm"
            icon={<Undo2 aria-hidden="true" />}
            aria-label={fill(words.undoOf, { name: checkIn.name })}
            onClick={() => hands.undo(checkIn)}
          >
            {words.undo}
          </Button>
        </Came>
      ))}
    </ul>
  );
}

function Came({ checkIn, zone, children }: { checkIn: CheckIn; zone: string; children: ReactNode }) {
  const locale = useLocale();
  const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return (
    <li className="flex min-h-14 items-center justify-between gap-3 border-t border-line py-2">
      <div className="min-w-0">
        <p className="truncate font-medium">{checkIn.name}</p>
        <p className="truncate text-xs text-ink-soft tabular">
          <time dateTime={checkIn.at} suppressHydrationWarning>
            {clock.format(new Date(checkIn.at))}
          </time>
          {[checkIn.gate, checkIn.ticketTypeName].filter(Boolean).map((one) => ` · ${one}`)}
        </p>
      </div>
      {children}
    </li>
  );
}
