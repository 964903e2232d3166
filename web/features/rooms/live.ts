import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";

import type { chat, engagement, Message } from "#contract/engagement.ts";
import { channels, paths } from "#contract/paths.gen.ts";
import type { Lobby, lobby, people, RoomPerson, roomState, rooms } from "#contract/rooms.ts";
import { type Chat, type Draft, merge, noted } from "#web/features/rooms/state.ts";
import { newId } from "#web/platform/id.ts";
import { speak, useChannel, useLineIsUp } from "#web/platform/live.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { send } from "#web/platform/send.ts";

/** Hears that the room opened or ended, that oneself was answered at its door, or that one may no longer hear of it. */
export function useRoomState(gatheringId: string, onChange: () => void, me?: string): void {
  useChannel<typeof roomState>(
    channels.roomState,
    { gatheringId },
    { opened: onChange, ended: onChange, answered: ({ personId }) => personId === me && onChange() },
    { onLeft: onChange },
  );
}

export interface PeopleList {
  items: RoomPerson[];
  seq: number;
}

/** Who is in the room, as the ledger has it; `note` takes over what an act of our own answered. */
export function useRoomPeople(gatheringId: string, first: PeopleList) {
  const [list, setList] = useState(first.items);
  const note = useCallback((person: RoomPerson) => {
    setList((now) => [...now.filter(({ personId }) => personId !== person.personId), person]);
  }, []);
  useChannel<typeof people>(
    channels.people,
    { gatheringId },
    // Who was shut out is told to hosts only, by the answers to what they do.
    { changed: (person) => setList((now) => keepOut(now, person)) },
    { since: first.seq },
  );
  return [list, note] as const;
}

function keepOut(list: RoomPerson[], person: Omit<RoomPerson, "isOut">): RoomPerson[] {
  const known = list.find(({ personId }) => personId === person.personId);
  const others = list.filter((one) => one !== known);
  return [...others, { ...person, isOut: person.isHere ? null : (known?.isOut ?? null) }];
}

const lookAgainMs = 20_000;

/** Who waits before the room, for those who let people in. */
export function useLobby(gatheringId: string, onList: (waiting: Lobby["items"]) => void): void {
  const asked = useRef(0);
  const look = useEffectEvent(() => {
    asked.current += 1;
    const nth = asked.current;
    send<typeof rooms.lobby>(paths.rooms.lobby, { params: { gatheringId } }).then(
      // An answer that was overtaken tells of people who have gone in.
      ({ items }) => nth === asked.current && onList(items),
      () => undefined,
    );
  });
  useChannel<typeof lobby>(channels.lobby, { gatheringId }, { changed: () => look() });
  useEffect(() => {
    look();
    // Who goes without a word is told by no one.
    const timer = setInterval(() => look(), lookAgainMs);
    return () => clearInterval(timer);
  }, []);
}

export interface FirstMessages {
  items: Message[];
  nextCursor: string | null;
  seq: number;
}

/** Nobody has said no: it is tried again when the line is back. */
const unheard = "internal";

/** The chat: what was said, what we are saying, and how many came since it was last looked at. */
export function useRoomChat(gatheringId: string, first: FirstMessages, isOpen: boolean) {
  const [talk, setTalk] = useState<Chat>(() => ({ messages: first.items.toReversed(), drafts: [] }));
  const [cursor, setCursor] = useState(first.nextCursor);
  const [unread, setUnread] = useState(0);
  const isUp = useLineIsUp();
  useChannel<typeof chat>(
    channels.chat,
    { gatheringId },
    {
      said: (message, { seq }) => {
        setTalk((now) => merge(now, [{ ...message, seq }]));
        if (!isOpen) setUnread((n) => n + 1);
      },
      edited: ({ id, text, editedAt }) => setTalk((now) => noted(now, id, { text, editedAt })),
      deleted: ({ id, deletedAt }) => setTalk((now) => noted(now, id, { text: "", deletedAt })),
    },
    { since: first.seq },
  );
  useEffect(() => {
    if (isOpen) setUnread(0);
  }, [isOpen]);

  /** Sent again under the same mark, it is said once. What is written while the line is cut waits for it. */
  const say = async (text: string, mark: string = newId()) => {
    const draft = (failed?: string): Draft => ({ id: mark, text, failed });
    const drafted = (one: Draft) =>
      setTalk((now) => ({ ...now, drafts: [...now.drafts.filter(({ id }) => id !== mark), one] }));
    if (!isUp) return drafted(draft(unheard));
    drafted(draft());
    try {
      const said = (await speak<typeof chat, "say">(channels.chat, { gatheringId }, "say", {
        text,
        nonce: mark,
      })) as Message;
      setTalk((now) => merge(now, [said]));
    } catch (thrown) {
      drafted(draft(refusalOf({ details: {}, ...(thrown as object) })?.code ?? unheard));
    }
  };
  const sayAgain = useEffectEvent(() => {
    for (const { id, text, failed } of talk.drafts) if (failed === unheard) void say(text, id);
  });
  useEffect(() => {
    if (isUp) sayAgain();
  }, [isUp]);
  const edit = (id: string, text: string) =>
    speak<typeof chat, "edit">(channels.chat, { gatheringId }, "edit", { id, text });
  const remove = (id: string) => speak<typeof chat, "remove">(channels.chat, { gatheringId }, "remove", { id });
  const earlier = async () => {
    if (!cursor) return;
    const page = await send<typeof engagement.messages>(paths.engagement.messages, {
      params: { gatheringId },
      query: { cursor },
    });
    setTalk((now) => merge(now, page.items));
    setCursor(page.nextCursor);
  };
  return { ...talk, isUp, unread, hasEarlier: cursor !== null, say, edit, remove, earlier };
}

export type RoomChat = ReturnType<typeof useRoomChat>;
