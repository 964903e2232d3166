import { Ban, DoorOpen, Ellipsis, Mic, MicOff, MonitorX, UserMinus } from "lucide-react";
import { useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { RoomPerson, RoomView, rooms } from "#contract/rooms.ts";
import { LobbyList, type Waiting } from "#web/features/rooms/components/lobby.tsx";
import { SidePanel } from "#web/features/rooms/components/side-panel.tsx";
import { send } from "#web/platform/send.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { closeDialog, Dialog, openDialog } from "#web/ui/dialog.tsx";
import { IconMenu, MenuButton } from "#web/ui/menu.tsx";
import { Avatar } from "#web/ui/surface.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  room: RoomView;
  list: RoomPerson[];
  waiting: Waiting;
  note: (person: RoomPerson) => void;
  keepsOrder: boolean;
  /** Who shares a screen now. */
  sharing: ReadonlySet<string>;
  onClose: () => void;
}

type Act = "mute" | "unmute" | "stopScreen" | "remove" | "ban" | "admit";

/** Who is there; for hosts, what can be done about each of them, and who was shut out. */
export function PeoplePanel({ room, list, waiting, note, keepsOrder, sharing, onClose }: Props) {
  const words = useWords("rooms.people");
  const stage = useWords("rooms.stage");
  const [asked, setAsked] = useState<{ act: "remove" | "ban"; person: RoomPerson }>();
  const me = room.me?.personId;
  const act = async (what: Act, person: RoomPerson) => {
    const params = { gatheringId: room.gatheringId, personId: person.personId };
    try {
      const isMute = what === "mute" || what === "unmute";
      const next = isMute
        ? await send<typeof rooms.mute>(paths.rooms.mute, { params, body: { muted: what === "mute" } })
        : await send<typeof rooms.remove>(paths.rooms[what], { params, body: {} });
      note({ ...next, isHere: next.isHere && next.isOut === null });
    } catch {
      toast(stage.notDone);
    }
  };
  const ask = (what: "remove" | "ban", person: RoomPerson) => {
    setAsked({ act: what, person });
    openDialog("shut-out");
  };
  const here = list.filter(({ isHere }) => isHere).sort((a, b) => a.name.localeCompare(b.name));
  const out = list.filter(({ isOut }) => isOut !== null);
  return (
    <SidePanel title={words.title} close={words.close} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-3">
        <LobbyList gatheringId={room.gatheringId} waiting={waiting} note={note} />
        <h3 className="tabular px-2 pb-1 font-sans text-xs! font-medium text-ink-soft">
          {words.here} · {here.length}
        </h3>
        <ul>
          {here.map((person) => (
            <Line key={person.personId} person={person} isMe={person.personId === me}>
              {keepsOrder && person.personId !== me && (
                <Acts
                  person={person}
                  isSharing={sharing.has(person.personId)}
                  act={(what) => void act(what, person)}
                  ask={(what) => ask(what, person)}
                />
              )}
            </Line>
          ))}
        </ul>
        {keepsOrder && out.length > 0 && (
          <>
            <h3 className="tabular px-2 pt-5 pb-1 font-sans text-xs! font-medium text-ink-soft">
              {words.out} · {out.length}
            </h3>
            <ul>
              {out.map((person) => (
                <Line key={person.personId} person={person} isMe={false}>
                  <Button size="sm" icon={<DoorOpen aria-hidden="true" />} onClick={() => void act("admit", person)}>
                    {words.admit}
                  </Button>
                </Line>
              ))}
            </ul>
          </>
        )}
      </div>
      <ShutOut asked={asked} act={(what, person) => void act(what, person)} />
    </SidePanel>
  );
}

function Line({ person, isMe, children }: { person: RoomPerson; isMe: boolean; children: React.ReactNode }) {
  const words = useWords("rooms.people");
  const stage = useWords("rooms.stage");
  const fill = useFill();
  const { name, as, isOut, isMuted } = person;
  const role = as === "attendee" || as === "visitor" ? null : stage[as];
  const more = isOut ? words[isOut] : isMuted ? words.muted : role;
  return (
    <li className="flex min-h-12 items-center gap-3 rounded-control px-2 py-1 hover:bg-ink/5">
      <Avatar name={name} size={34} />
      <span className="min-w-0 flex-1 text-sm">
        <span className="block truncate">{isMe ? fill(stage.you, { name }) : name}</span>
        {more && <span className="block text-xs text-ink-soft">{more}</span>}
      </span>
      {children}
    </li>
  );
}

function Acts({
  person,
  isSharing,
  act,
  ask,
}: {
  person: RoomPerson;
  isSharing: boolean;
  act: (what: Act) => void;
  ask: (what: "remove" | "ban") => void;
}) {
  const words = useWords("rooms.people");
  const fill = useFill();
  return (
    <IconMenu label={fill(words.act, { name: person.name })} icon={<Ellipsis aria-hidden="true" />}>
      <MenuButton
        icon={person.isMuted ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        onClick={() => act(person.isMuted ? "unmute" : "mute")}
      >
        {person.isMuted ? words.unmute : words.mute}
      </MenuButton>
      {isSharing && (
        <MenuButton icon={<MonitorX aria-hidden="true" />} onClick={() => act("stopScreen")}>
          {words.stopScreen}
        </MenuButton>
      )}
      {person.as !== "host" && (
        <>
          <MenuButton icon={<UserMinus aria-hidden="true" />} onClick={() => ask("remove")}>
            {words.remove}
          </MenuButton>
          <MenuButton danger icon={<Ban aria-hidden="true" />} onClick={() => ask("ban")}>
            {words.ban}
          </MenuButton>
        </>
      )}
    </IconMenu>
  );
}

function ShutOut({
  asked,
  act,
}: {
  asked: { act: "remove" | "ban"; person: RoomPerson } | undefined;
  act: (what: Act, person: RoomPerson) => void;
}) {
  const words = useWords("rooms.people");
  const common = useWords("ui.common");
  const fill = useFill();
  const isBan = asked?.act === "ban";
  const name = asked?.person.name ?? "";
  return (
    <Dialog
      id="shut-out"
      role="alertdialog"
      title={fill(isBan ? words.banTitle : words.removeTitle, { name })}
      text={isBan ? words.banText : words.removeText}
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => closeDialog("shut-out")}>{common.cancel}</Button>
        <Button
          variant="danger"
          onClick={() => {
            if (asked) act(asked.act, asked.person);
            closeDialog("shut-out");
          }}
        >
          {isBan ? words.ban : words.remove}
        </Button>
      </div>
    </Dialog>
  );
}
