import { CalendarClock, CalendarX, Check, ClipboardCheck, Megaphone, Ticket, Users } from "lucide-react";
import { Link, useFetcher } from "react-router";

import type { Notice } from "#contract/notifications.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Time } from "#web/ui/time.tsx";
import { toneStyle } from "#web/ui/tone.ts";

/** One notice. Going where it leads reads it; without script, its button does. */
export function NoticeRow({ notice, zone }: { notice: Notice; zone: string }) {
  const { id, kind, title, organizer, n, by, role, path, at, hue, isRead } = notice;
  const words = useWords("notifications.page");
  const sentences = useWords("notifications.says");
  const fill = useFill();
  const fetcher = useFetcher();
  const says = fill(sentences[kind], { title, organizer, n, by: by ?? "", role: role ?? "" });
  const Icon = iconOf(kind);
  const read = () => !isRead && fetcher.submit({ id }, { method: "post", action: "/me/notices" });
  return (
    <li className="relative grid grid-cols-[auto_1fr_auto] items-start gap-x-4 border-b border-line py-4 first:border-t hover:bg-ink/3">
      <span
        style={toneStyle(hue)}
        className="mt-0.5 grid size-9 place-items-center rounded-full bg-wash text-accent [&_svg]:size-4.5"
      >
        <Icon aria-hidden="true" />
      </span>
      <div className="min-w-0">
        <p className={isRead ? "text-ink-soft" : "font-medium"}>
          {!isRead && <span className="sr-only">{words.new}: </span>}
          <Link to={path} onClick={read} className="break-words after:absolute after:inset-0">
            {says}
          </Link>
        </p>
        <Time at={at} zone={zone} className="text-xs text-ink-soft" />
      </div>
      {!isRead && (
        <Form fetcher={fetcher} action="/me/notices" className="relative z-1">
          <input type="hidden" name="id" value={id} />
          <SubmitButton
            variant="quiet"
            size="sm"
            aria-label={fill(words.readOne, { says })}
            title={words.read}
            icon={<Check aria-hidden="true" />}
          />
        </Form>
      )}
    </li>
  );
}

function iconOf(kind: Notice["kind"]) {
  if (kind === "event.cancelled" || kind === "registration.cancelled") return CalendarX;
  if (kind === "event.announced") return Megaphone;
  if (kind.startsWith("event.")) return CalendarClock;
  if (kind.startsWith("people.") || kind.startsWith("team.")) return Users;
  return kind.startsWith("review.") ? ClipboardCheck : Ticket;
}
