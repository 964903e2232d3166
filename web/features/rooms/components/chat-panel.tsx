import { SendHorizontal } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";

import { Message } from "#web/features/rooms/components/message.tsx";
import { SidePanel } from "#web/features/rooms/components/side-panel.tsx";
import type { RoomChat } from "#web/features/rooms/live.ts";
import type { Draft } from "#web/features/rooms/state.ts";
import { useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";

interface Props {
  chat: RoomChat;
  me: string;
  keepsOrder: boolean;
  onClose: () => void;
}

/** What people say to each other in writing, with all that was said before one came. */
export function ChatPanel({ chat, me, keepsOrder, onClose }: Props) {
  const words = useWords("rooms.chat");
  const list = useRef<HTMLDivElement>(null);
  const { messages, drafts } = chat;
  useStayAtEnd(list);
  return (
    <SidePanel title={words.title} close={words.close} onClose={onClose}>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-3">
        {chat.hasEarlier && (
          <Button size="sm" variant="quiet" wide onClick={() => void chat.earlier()}>
            {words.earlier}
          </Button>
        )}
        {messages.length + drafts.length === 0 && (
          <p className="grid h-full place-content-center gap-1 text-center">
            <span className="font-serif text-lg">{words.empty}</span>
            <span className="text-sm text-ink-soft">{words.emptyText}</span>
          </p>
        )}
        <div role="log" aria-label={words.title}>
          <ol className="grid gap-1">
            {messages.map((message, at) => (
              <Message
                key={message.id}
                message={message}
                goesOn={follows(messages[at - 1], message)}
                isOwn={message.personId === me}
                keepsOrder={keepsOrder}
                chat={chat}
              />
            ))}
            {drafts.map((draft) => (
              <Waiting
                key={draft.id}
                draft={draft}
                isUp={chat.isUp}
                again={() => void chat.say(draft.text, draft.id)}
              />
            ))}
          </ol>
        </div>
      </div>
      <Writer isUp={chat.isUp} say={(text) => void chat.say(text)} />
    </SidePanel>
  );
}

const together = 5 * 60_000;

/** One person's words in one go stand under one name. */
function follows(before: RoomChat["messages"][number] | undefined, message: RoomChat["messages"][number]): boolean {
  if (before?.personId !== message.personId) return false;
  return new Date(message.at).getTime() - new Date(before.at).getTime() < together;
}

function Waiting({ draft, isUp, again }: { draft: Draft; isUp: boolean; again: () => void }) {
  const words = useWords("rooms.chat");
  const refusals = useWords("rooms.refusal");
  const key = (draft.failed ?? "").replace(".", "_") as keyof typeof refusals;
  const why = draft.failed === "rate.limited" ? words.tooFast : draft.failed === "chat.off" ? words.off : refusals[key];
  return (
    <li className="mt-2 text-sm">
      <p dir="auto" className="whitespace-pre-wrap opacity-60">
        {draft.text}
      </p>
      {draft.failed && isUp ? (
        <p role="status" className="flex flex-wrap items-center gap-x-2 text-xs text-bad">
          {why ?? words.failed}
          <button type="button" className="link min-h-9" onClick={again}>
            {words.again}
          </button>
        </p>
      ) : (
        <p className="text-xs text-ink-soft">{isUp ? words.sending : words.waits}</p>
      )}
    </li>
  );
}

/** Enter sends, Shift and Enter make a new line. */
function Writer({ isUp, say }: { isUp: boolean; say: (text: string) => void }) {
  const words = useWords("rooms.chat");
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() === "") return;
    say(text.trim());
    setText("");
  };
  const press = (key: KeyboardEvent) => {
    if (key.key !== "Enter" || key.shiftKey || key.nativeEvent.isComposing) return;
    key.preventDefault();
    submit();
  };
  return (
    <form onSubmit={submit} className="border-t border-line p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <p role="status" className="text-xs text-warn empty:hidden">
        {isUp ? "" : words.cut}
      </p>
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          aria-label={words.write}
          placeholder={words.write}
          rows={1}
          maxLength={2000}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={press}
          className="input max-h-32 resize-none [field-sizing:content]"
        />
        <IconButton
          type="submit"
          label={words.send}
          variant="primary"
          className="size-11! shrink-0"
          disabled={text.trim() === ""}
        >
          <SendHorizontal aria-hidden="true" className="rtl:rotate-180" />
        </IconButton>
      </div>
    </form>
  );
}

/** Follows the end of the list as it grows, unless somebody has scrolled up to read. */
function useStayAtEnd(list: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    let isAtEnd = true;
    const look = () => {
      isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
    };
    const follow = () => {
      if (isAtEnd) element.scrollTop = element.scrollHeight;
    };
    follow();
    element.addEventListener("scroll", look, { passive: true });
    const growth = new MutationObserver(follow);
    growth.observe(element, { childList: true, subtree: true, characterData: true });
    return () => {
      element.removeEventListener("scroll", look);
      growth.disconnect();
    };
  }, [list]);
}
