import { CalendarPlus } from "lucide-react";

import { useWords } from "#web/platform/words.ts";

interface Props {
  /** Where the entry is to be had as a file: somebody's own, which says their link, or that of all. */
  file: string;
  title: string;
  startTime: string;
  endTime: string;
  where: string;
  url: string;
}

/** The date, for whatever calendar people keep. */
export function CalendarLinks({ file, ...entry }: Props) {
  const words = useWords("registrations.calendar");
  const links = [
    { href: file, says: words.file },
    { href: googleLink(entry), says: words.google },
    { href: outlookLink(entry), says: words.outlook },
  ];
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1 text-sm">
      <span className="inline-flex items-center gap-2 text-ink-soft max-sm:basis-full">
        <CalendarPlus aria-hidden="true" className="size-4.5" />
        {words.title}
      </span>
      <span className="flex flex-wrap gap-x-5">
        {links.map(({ href, says }, index) => (
          <a
            key={says}
            href={href}
            className="link inline-flex min-h-9 items-center pointer-coarse:min-h-11"
            {...(index === 0 ? { download: "" } : { target: "_blank", rel: "noreferrer" })}
          >
            {says}
          </a>
        ))}
      </span>
    </div>
  );
}

type Entry = Omit<Props, "file">;

const compact = (at: string) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");

const googleLink = ({ title, startTime, endTime, where, url }: Entry) =>
  `https://calendar.google.com/calendar/render?${new URLSearchParams({
    action: "TEMPLATE",
    text: title,
    dates: `${compact(startTime)}/${compact(endTime)}`,
    location: where,
    details: url,
  })}`;

const outlookLink = ({ title, startTime, endTime, where, url }: Entry) =>
  `https://outlook.live.com/calendar/0/deeplink/compose?${new URLSearchParams({
    path: "/calendar/action/compose",
    rru: "addevent",
    subject: title,
    startdt: startTime,
    enddt: endTime,
    location: where,
    body: url,
  })}`;
