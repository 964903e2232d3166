import { Check, DoorOpen, X } from "lucide-react";
import { useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { Lobby, RoomPerson, rooms } from "#contract/rooms.ts";
import { Slip } from "#web/features/rooms/components/notices.tsx";
import { useLobby } from "#web/features/rooms/live.ts";
import { send } from "#web/platform/send.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { Avatar } from "#web/ui/surface.tsx";
import { toast } from "#web/ui/toast.tsx";

/** Who waits before the room. */
export type Waiting = Lobby["items"];

interface Props {
  gatheringId: string;
  waiting: Waiting;
}

/** Looks after the lobby while a host is in the room. */
export function LobbyWatch({ gatheringId, onList }: { gatheringId: string; onList: (waiting: Waiting) => void }) {
  useLobby(gatheringId, onList);
  return null;
}

/** Says on top of the stage who waits; one is let in by one press, of several one is shown the list. */
export function LobbyNotice({ gatheringId, waiting, onShow }: Props & { onShow: () => void }) {
  const words = useWords("rooms.lobby");
  const fill = useFill();
  const { isPending, admit } = useAnswers(gatheringId);
  const [first] = waiting;
  if (!first) return null;
  const isOne = waiting.length === 1;
  return (
    <Slip>
      <span dir="auto">{isOne ? fill(words.one, { name: first.name }) : fill(words.many, { n: waiting.length })}</span>
      <span className="flex gap-2">
        {isOne && (
          <Button size="sm" variant="primary" pending={isPending} onClick={() => admit(first.personId)}>
            {words.admit}
          </Button>
        )}
        <Button size="sm" onClick={onShow}>
          {words.show}
        </Button>
      </span>
    </Slip>
  );
}

/** Who waits, by name, each with a yes and a no. */
export function LobbyList({ gatheringId, waiting, note }: Props & { note: (person: RoomPerson) => void }) {
  const words = useWords("rooms.lobby");
  const fill = useFill();
  const { isPending, admit, admitAll, deny } = useAnswers(gatheringId, note);
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="lobby" className="mb-3 border-b border-line pb-3">
      <div className="flex min-h-9 items-center justify-between gap-2 px-2">
        <h3 id="lobby" className="tabular font-sans text-xs! font-medium text-ink-soft">
          {words.title} · {waiting.length}
        </h3>
        {waiting.length > 1 && (
          <Button size="sm" icon={<DoorOpen aria-hidden="true" />} pending={isPending} onClick={() => admitAll()}>
            {words.admitAll}
          </Button>
        )}
      </div>
      <ul>
        {waiting.map(({ personId, name }) => (
          <li key={personId} className="flex min-h-12 items-center gap-2 rounded-control px-2 py-1 hover:bg-ink/5">
            <Avatar name={name} size={34} />
            <span dir="auto" className="min-w-0 flex-1 truncate text-sm">
              {name}
            </span>
            <IconButton
              label={fill(words.denyOne, { name })}
              className="[&_svg]:text-bad"
              onClick={() => deny(personId)}
            >
              <X aria-hidden="true" />
            </IconButton>
            <IconButton
              label={fill(words.admitOne, { name })}
              className="[&_svg]:text-good"
              onClick={() => admit(personId)}
            >
              <Check aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is said to those who wait; the list follows by its channel. */
function useAnswers(gatheringId: string, note?: (person: RoomPerson) => void) {
  const words = useWords("rooms.stage");
  const [isPending, setPending] = useState(false);
  const doing = async (answer: Promise<unknown>) => {
    setPending(true);
    await answer.catch(() => toast(words.notDone));
    setPending(false);
  };
  const about = (personId: string) => ({ params: { gatheringId, personId }, body: {} });
  return {
    isPending,
    admit: (personId: string) => void doing(send<typeof rooms.admit>(paths.rooms.admit, about(personId))),
    deny: (personId: string) => void doing(send<typeof rooms.deny>(paths.rooms.deny, about(personId)).then(note)),
    admitAll: () =>
      void doing(send<typeof rooms.admitAll>(paths.rooms.admitAll, { params: { gatheringId }, body: {} })),
  };
}
