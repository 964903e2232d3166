import { useEffect, useMemo, useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { Participant, registrations } from "#contract/registrations.ts";
import type { Door } from "#contract/tickets.ts";
import type { DoorHands } from "#web/features/door/components/use-door.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";

const patienceMs = 250;

/** For who left the ticket at home: by name or address. */
export function Finder({ door, hands }: { door: Door; hands: DoorHands }) {
  const words = useWords("door.page");
  const [typed, setTyped] = useState("");
  const found = useFound(door, typed.trim(), hands.counts.admitted);
  return (
    <div className="grid gap-3">
      <Field
        name="q"
        type="search"
        label={words.searchLabel}
        hint={words.searchHint}
        value={typed}
        onChange={(change) => setTyped(change.target.value)}
        autoComplete="off"
        enterKeyHint="search"
      />
      <div aria-live="polite">
        {found?.length === 0 && <p className="text-sm text-ink-soft">{words.none}</p>}
        {found && found.length > 0 && (
          <ul className="grid">
            {found.map((person) => (
              <Found key={person.id} person={person} zone={door.timeZone} hands={hands} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Asks anew when somebody came in meanwhile, here or elsewhere. */
function useFound(door: Door, q: string, admitted: number): Participant[] | null {
  const [found, setFound] = useState<Participant[] | null>(null);
  const wish = useMemo(() => ({ q, admitted }), [q, admitted]);
  useEffect(() => {
    if (wish.q.length < 2) {
      setFound(null);
      return;
    }
    let isOld = false;
    const timer = setTimeout(async () => {
      const query = { q: wish.q, limit: 8, occurrence_id: door.gatheringId };
      try {
        const page = await send<typeof registrations.participants>(paths.registrations.participants, {
          params: { id: door.eventId },
          query,
        });
        if (!isOld) setFound(page.items);
      } catch (thrown) {
        // Without a line the list stays as it was; the next letter asks again.
        if (!refusalOf(thrown)) throw thrown;
      }
    }, patienceMs);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [wish, door.eventId, door.gatheringId]);
  return found;
}

function Found({ person, zone, hands }: { person: Participant; zone: string; hands: DoorHands }) {
  const words = useWords("door.page");
  const people = useWords("registrations.people");
  const fill = useFill();
  const locale = useLocale();
  const since =
    person.checkedInAt &&
    new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(
      new Date(person.checkedInAt),
    );
  return (
    <li className="flex min-h-14 items-center justify-between gap-3 border-t border-line py-2">
      <div className="min-w-0">
        <p className="truncate font-medium">{person.name}</p>
        <p className="truncate text-xs text-ink-soft">{person.email}</p>
      </div>
      {since ? (
        <span className="text-sm text-good">{fill(words.alreadyIn, { time: since })}</span>
      ) : person.status === "confirmed" ? (
        <Button variant="primary" pending={hands.isAsking} onClick={() => hands.letIn({ registrationId: person.id })}>
          {words.check}
        </Button>
      ) : (
        <span className="text-sm text-ink-soft">{fill(people.status, { status: person.status })}</span>
      )}
    </li>
  );
}
