import {
  Ellipsis,
  Grid2x2,
  Keyboard,
  LayoutPanelLeft,
  LogOut,
  MessageSquare,
  Mic,
  MicOff,
  MonitorUp,
  PhoneOff,
  Settings2,
  Users,
  Video,
  VideoOff,
} from "lucide-react";
import type { ReactNode } from "react";

import type { RoomView } from "#contract/rooms.ts";
import type { Call } from "#web/features/rooms/components/call.ts";
import type { CallView } from "#web/features/rooms/components/call-view.ts";
import type { Panel } from "#web/features/rooms/components/side-panel.tsx";
import type { Layout } from "#web/features/rooms/components/tiles.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { openDialog } from "#web/ui/dialog.tsx";
import { Menu, MenuButton } from "#web/ui/menu.tsx";

interface Props {
  room: RoomView;
  call: Call;
  view: CallView;
  panel: Panel;
  toggle: (panel: Panel) => void;
  layout: Layout;
  setLayout: (layout: Layout) => void;
  unread: number;
  here: number;
  /** How many knock at the door. */
  waiting: number;
}

/** All that can be done, always in sight, at the thumb on a phone. */
export function ControlBar({ room, call, view, panel, toggle, layout, setLayout, unread, here, waiting }: Props) {
  const words = useWords("rooms.bar");
  const fill = useFill();
  const nextLayout = layout === "gallery" ? "speaker" : "gallery";
  return (
    <div
      role="toolbar"
      aria-label={words.label}
      className="flex shrink-0 items-center justify-between gap-2 px-2 pt-1 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:px-4"
    >
      <p dir="auto" className="hidden min-w-0 flex-1 truncate text-sm text-ink-soft lg:block">
        {room.title}
      </p>
      <div className="flex flex-1 items-center justify-center gap-1 sm:gap-2">
        <Act
          label={view.microphone ? words.microphoneOff : words.microphoneOn}
          text={words.microphone}
          mood={view.microphone ? "on" : "off"}
          disabled={!view.maySpeak}
          pressed={view.microphone}
          onClick={() => void call.setMicrophone(!view.microphone)}
        >
          {view.microphone ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        </Act>
        <Act
          label={view.camera ? words.cameraOff : words.cameraOn}
          text={words.camera}
          mood={view.camera ? "on" : "off"}
          pressed={view.camera}
          onClick={() => void call.setCamera(!view.camera)}
        >
          {view.camera ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
        </Act>
        <Act
          label={view.screen ? words.screenOff : words.screenOn}
          text={words.screen}
          mood={view.screen ? "active" : "plain"}
          pressed={view.screen}
          className="max-sm:hidden"
          onClick={() => void call.setScreen(!view.screen)}
        >
          <MonitorUp aria-hidden="true" />
        </Act>
        {room.chat && (
          <Act
            label={panel === "chat" ? words.closeChat : fill(words.openChat, { unread })}
            text={words.chat}
            mood={panel === "chat" ? "active" : "plain"}
            pressed={panel === "chat"}
            badge={unread}
            onClick={() => toggle("chat")}
          >
            <MessageSquare aria-hidden="true" />
          </Act>
        )}
        <Act
          label={panel === "people" ? words.closePeople : fill(words.openPeople, { waiting })}
          text={words.people}
          mood={panel === "people" ? "active" : "plain"}
          pressed={panel === "people"}
          badge={waiting || here}
          quiet={waiting === 0}
          onClick={() => toggle("people")}
        >
          <Users aria-hidden="true" />
        </Act>
        <Menu
          label={words.more}
          triggerClassName={`${shape} ${moods.plain}`}
          trigger={
            <>
              <Ellipsis aria-hidden="true" />
              <Under text={words.more} />
            </>
          }
        >
          <MenuButton
            icon={layout === "gallery" ? <LayoutPanelLeft aria-hidden="true" /> : <Grid2x2 aria-hidden="true" />}
            onClick={() => setLayout(nextLayout)}
          >
            {words[nextLayout]}
          </MenuButton>
          <MenuButton icon={<Settings2 aria-hidden="true" />} onClick={() => openDialog("devices")}>
            {words.devices}
          </MenuButton>
          <div className="[@media(hover:none)]:hidden">
            <MenuButton icon={<Keyboard aria-hidden="true" />} onClick={() => openDialog("shortcuts")}>
              {words.shortcuts}
            </MenuButton>
          </div>
        </Menu>
        <Leave room={room} call={call} />
      </div>
      <div className="hidden flex-1 lg:block" />
    </div>
  );
}

/** One press for guests; hosts are asked which of the two they mean. */
function Leave({ room, call }: { room: RoomView; call: Call }) {
  const words = useWords("rooms.bar");
  const look = `${shape} bg-live text-on-live hover:bg-live/85`;
  const face = (
    <>
      <PhoneOff aria-hidden="true" />
      <Under text={words.leave} />
    </>
  );
  if (room.me?.as !== "host") {
    return (
      <button type="button" aria-label={words.leaveAlone} onClick={() => void call.leave()} className={look}>
        {face}
      </button>
    );
  }
  return (
    <Menu label={words.leave} triggerClassName={look} trigger={face}>
      <MenuButton icon={<LogOut aria-hidden="true" />} onClick={() => void call.leave()}>
        {words.leaveAlone}
      </MenuButton>
      <MenuButton danger icon={<PhoneOff aria-hidden="true" />} onClick={() => openDialog("end-for-all")}>
        {words.endForAll}
      </MenuButton>
    </Menu>
  );
}

const shape =
  "relative grid min-w-12 justify-items-center gap-0.5 rounded-[12px] px-1.5 py-2 transition-colors sm:min-w-16 sm:px-2 " +
  "focus-visible:rounded-[12px] disabled:opacity-45 [&_svg]:size-5.5";

const moods = {
  on: "bg-ink/12 text-ink hover:bg-ink/20",
  off: "bg-bad/18 text-bad hover:bg-bad/28",
  active: "bg-accent text-on-accent hover:bg-accent/90",
  plain: "text-ink hover:bg-ink/10",
};

interface ActProps {
  label: string;
  text: string;
  mood: keyof typeof moods;
  pressed: boolean;
  disabled?: boolean;
  badge?: number;
  /** The badge only counts; nothing waits behind it. */
  quiet?: boolean;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}

function Act({ label, text, mood, pressed, disabled, badge = 0, quiet, className = "", onClick, children }: ActProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      disabled={disabled}
      onClick={onClick}
      className={`${shape} ${moods[mood]} ${className}`}
    >
      {children}
      <Under text={text} />
      {badge > 0 && (
        <span
          aria-hidden="true"
          className={`tabular absolute end-0.5 top-0.5 min-w-4.5 sm:end-1 sm:top-1 rounded-full px-1 text-center text-[0.6875rem] leading-4.5 font-medium ${
            quiet
              ? "bg-[color-mix(in_oklch,var(--paper),var(--ink)_25%)] text-ink"
              : "bg-accent text-on-accent ring-2 ring-[oklch(0.13_0.012_265)]"
          }`}
        >
          {badge > 99 ? "99+" : badge}
        </span>
      )}
    </button>
  );
}

/** The word below a picture, where there is room for it. */
function Under({ text }: { text: string }) {
  return (
    <span aria-hidden="true" className="text-[0.6875rem] leading-4 max-sm:hidden">
      {text}
    </span>
  );
}
