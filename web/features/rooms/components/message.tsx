import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";

import type { RoomChat } from "#web/features/rooms/live.ts";
import type { Said } from "#web/features/rooms/state.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Linked } from "#web/ui/linked.tsx";
import { Menu, MenuButton } from "#web/ui/menu.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  message: Said;
  goesOn: boolean;
  isOwn: boolean;
  keepsOrder: boolean;
  chat: Pick<RoomChat, "edit" | "remove">;
}

/** One message, with what may be done about it: one's own may be changed, any may be deleted by a host. */
export function Message({ message, goesOn, isOwn, keepsOrder, chat }: Props) {
  const words = useWords("rooms.chat");
  const stage = useWords("rooms.stage");
  const [isEditing, setEditing] = useState(false);
  const isGone = message.deletedAt !== null;
  const tried = (act: Promise<unknown>) => act.catch(() => toast(stage.notDone));
  return (
    <li className={`group relative ${goesOn ? "" : "mt-3"}`}>
      {!goesOn && <Head message={message} />}
      {isEditing ? (
        <Editor
          text={message.text}
          onDone={(text) => {
            setEditing(false);
            if (text !== undefined && text !== message.text) void tried(chat.edit(message.id, text));
          }}
        />
      ) : (
        <p className={`pe-8 text-sm whitespace-pre-wrap ${isGone ? "text-ink-soft italic" : ""}`}>
          {isGone ? (
            words.deleted
          ) : (
            <span dir="auto">
              <Linked text={message.text} />
            </span>
          )}
          {message.editedAt && !isGone && <span className="ms-2 text-xs text-ink-soft">{words.edited}</span>}
        </p>
      )}
      {!isGone && !isEditing && (isOwn || keepsOrder) && (
        <div className="absolute end-0 top-0 opacity-0 transition-opacity group-hover:opacity-100 focus-within:opacity-100 has-[:popover-open]:opacity-100 pointer-coarse:opacity-100">
          <Menu
            label={words.act}
            triggerClassName="grid size-7 place-items-center rounded-sm text-ink-soft hover:bg-ink/10 pointer-coarse:size-11 [&_svg]:size-4"
            trigger={<Ellipsis aria-hidden="true" />}
          >
            {isOwn && (
              <MenuButton icon={<Pencil aria-hidden="true" />} onClick={() => setEditing(true)}>
                {words.edit}
              </MenuButton>
            )}
            <MenuButton danger icon={<Trash2 aria-hidden="true" />} onClick={() => void tried(chat.remove(message.id))}>
              {words.remove}
            </MenuButton>
          </Menu>
        </div>
      )}
    </li>
  );
}

function Head({ message }: { message: Said }) {
  const locale = useLocale();
  const stage = useWords("rooms.stage");
  const role = message.as === "attendee" || message.as === "visitor" ? null : stage[message.as as "host"];
  return (
    <p className="flex items-baseline gap-2 text-xs text-ink-soft">
      <span dir="auto" className="font-medium text-ink">
        {message.displayName}
      </span>
      {role && <span className="rounded-[5px] bg-wash px-1.5 text-[0.6875rem] text-accent">{role}</span>}
      <time dateTime={message.at}>
        {new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(message.at))}
      </time>
    </p>
  );
}

function Editor({ text: before, onDone }: { text: string; onDone: (text?: string) => void }) {
  const words = useWords("rooms.chat");
  const fill = useFill();
  const [text, setText] = useState(before);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone(text.trim() || undefined);
  };
  return (
    <form onSubmit={submit} className="grid gap-2 py-1" onKeyDown={(press) => press.key === "Escape" && onDone()}>
      <textarea
        // The person has just asked to write here.
        ref={(field) => field?.focus()}
        aria-label={fill(words.edit, {})}
        rows={2}
        maxLength={2000}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        className="input resize-none [field-sizing:content]"
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" variant="quiet" onClick={() => onDone()}>
          {words.cancel}
        </Button>
        <Button size="sm" type="submit" variant="primary">
          {words.save}
        </Button>
      </div>
    </form>
  );
}
