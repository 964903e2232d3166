import { useEffect, useState } from "react";

import type { RoomView } from "#contract/rooms.ts";
import type { Call } from "#web/features/rooms/components/call.ts";
import type { CallView } from "#web/features/rooms/components/call-view.ts";
import { ChatPanel } from "#web/features/rooms/components/chat-panel.tsx";
import { ControlBar } from "#web/features/rooms/components/control-bar.tsx";
import { DevicesDialog } from "#web/features/rooms/components/devices-dialog.tsx";
import { EndDialog } from "#web/features/rooms/components/end-dialog.tsx";
import { LobbyNotice, LobbyWatch, type Waiting } from "#web/features/rooms/components/lobby.tsx";
import { Notices } from "#web/features/rooms/components/notices.tsx";
import { PeoplePanel } from "#web/features/rooms/components/people-panel.tsx";
import { ShortcutsDialog, useShortcuts } from "#web/features/rooms/components/shortcuts.tsx";
import type { Panel } from "#web/features/rooms/components/side-panel.tsx";
import { type Layout, Tiles } from "#web/features/rooms/components/tiles.tsx";
import { type FirstMessages, type PeopleList, useRoomChat, useRoomPeople } from "#web/features/rooms/live.ts";
import { inTheirPlaces } from "#web/features/rooms/state.ts";
import { useWords } from "#web/platform/words.ts";
import { openDialog } from "#web/ui/dialog.tsx";

interface Props {
  room: RoomView;
  call: Call;
  view: CallView;
  people: PeopleList;
  messages: FirstMessages;
}

/** The room: the stage is everything, one bar below it, one panel beside it when somebody wants it. */
export function Stage({ room, call, view, people, messages }: Props) {
  const words = useWords("rooms.stage");
  const [panel, setPanel] = useState<Panel>(null);
  const [layout, setLayout] = useState<Layout>("gallery");
  const chat = useRoomChat(room.gatheringId, messages, panel === "chat");
  const [list, note] = useRoomPeople(room.gatheringId, people);
  const [waiting, setWaiting] = useState<Waiting>([]);
  const toggle = (wanted: Panel) => setPanel((now) => (now === wanted ? null : wanted));
  const isHost = room.me?.as === "host";
  const keepsOrder = isHost || room.me?.as === "moderator";
  const here = new Set(view.tiles.map(({ personId }) => personId)).size;
  useShortcuts({
    microphone: () => void call.setMicrophone(!view.microphone),
    talk: (on) => void call.setMicrophone(on),
    camera: () => void call.setCamera(!view.camera),
    screen: () => void call.setScreen(!view.screen),
    chat: () => room.chat && toggle("chat"),
    people: () => toggle("people"),
    layout: () => setLayout((now) => (now === "gallery" ? "speaker" : "gallery")),
    help: () => openDialog("shortcuts"),
    isMicrophoneOn: view.microphone,
  });
  useSharedScreen(view, setLayout);
  return (
    <div className="flex h-full flex-col bg-[oklch(0.13_0.012_265)]">
      <h1 className="sr-only">{room.title}</h1>
      {keepsOrder && (
        <LobbyWatch gatheringId={room.gatheringId} onList={(list) => setWaiting((now) => inTheirPlaces(now, list))} />
      )}
      <div className="relative flex min-h-0 flex-1">
        <section aria-label={words.label} className="relative min-w-0 flex-1">
          <Tiles view={view} layout={layout} waiting={waiting.length} />
          <Notices room={room} call={call} view={view}>
            {panel !== "people" && (
              <LobbyNotice gatheringId={room.gatheringId} waiting={waiting} onShow={() => setPanel("people")} />
            )}
          </Notices>
        </section>
        {panel === "chat" && (
          <ChatPanel chat={chat} me={room.me?.personId ?? ""} keepsOrder={keepsOrder} onClose={() => setPanel(null)} />
        )}
        {panel === "people" && (
          <PeoplePanel
            {...{ room, list, waiting, note, keepsOrder }}
            sharing={new Set(view.tiles.filter(({ kind }) => kind === "screen").map(({ personId }) => personId))}
            onClose={() => setPanel(null)}
          />
        )}
      </div>
      <ControlBar
        room={room}
        call={call}
        view={view}
        panel={panel}
        toggle={toggle}
        layout={layout}
        setLayout={setLayout}
        unread={chat.unread}
        here={here}
        waiting={waiting.length}
      />
      <DevicesDialog call={call} />
      <ShortcutsDialog />
      {isHost && <EndDialog room={room} here={here} />}
    </div>
  );
}

/** Who begins to show something wants it seen large; who stops gives the faces back. */
function useSharedScreen(view: CallView, setLayout: (layout: Layout) => void): void {
  const isShared = view.tiles.some(({ kind, isLocal }) => kind === "screen" && !isLocal);
  useEffect(() => {
    setLayout(isShared ? "speaker" : "gallery");
  }, [isShared, setLayout]);
}
