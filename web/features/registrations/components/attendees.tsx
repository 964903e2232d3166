import { Link } from "react-router";

import { useFill, useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";

interface Props {
  attendees: { items: readonly { displayName: string; isMe: boolean }[]; count: number };
  /** The reader's own registration, where they say whether they are seen. */
  mine: string;
}

/** Those who come and want the others to know. */
export function Attendees({ attendees: { items, count }, mine }: Props) {
  const words = useWords("registrations.attendees");
  const fill = useFill();
  // Names may be the same, and there is nothing else of them.
  const named = items.map((one, n) => ({ ...one, key: `${n} ${one.displayName}` }));
  const isSeen = items.some(({ isMe }) => isMe);
  return (
    <section aria-labelledby="attendees">
      <h2 id="attendees" className="mb-2">
        {words.title}
      </h2>
      <p className="mb-4 text-sm text-ink-soft">
        {count === 0 ? words.nobody : fill(words.text, { n: count })}{" "}
        <Link to={`/me/tickets/${mine}?listing`} className="link">
          {isSeen ? words.change : words.join}
        </Link>
      </p>
      {items.length > 0 && (
        <ul className="flex flex-wrap gap-x-5 gap-y-3">
          {named.map(({ key, displayName, isMe }) => (
            <li key={key} className="inline-flex items-center gap-2">
              <Avatar name={displayName} size={28} />
              <span className={isMe ? "font-medium" : ""}>
                {isMe ? fill(words.me, { name: displayName }) : displayName}
              </span>
            </li>
          ))}
          {count > items.length && (
            <li className="self-center text-sm text-ink-soft">{fill(words.more, { n: count - items.length })}</li>
          )}
        </ul>
      )}
    </section>
  );
}
