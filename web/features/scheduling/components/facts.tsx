import { Clock, Hourglass, MapPin, Phone, Users, Video } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import { Faces, useHostsText } from "#web/features/scheduling/components/hosts.tsx";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";

const places = { video_call: Video, phone_call: Phone, in_person: MapPin, custom: MapPin } as const;

/** Where something takes place, in a line. */
export function usePlaceText() {
  const words = useWords("scheduling.facts");
  return (type: Pick<PublicEventType, "locationType" | "locationDetails" | "phoneCaller">): string => {
    if (type.locationType === "video_call") return words.video;
    if (type.locationType === "phone_call") return type.phoneCaller === "host" ? words.phoneHost : words.phoneInvitee;
    return type.locationDetails || (type.locationType === "in_person" ? words.inPerson : words.custom);
  };
}

/** All lengths there are to choose from, the shortest first. */
export function useLengthsText() {
  const words = useWords("scheduling.facts");
  const fill = useFill();
  const list = new Intl.ListFormat(useLocale(), { type: "disjunction" });
  return ({ durations }: Pick<PublicEventType, "durations">): string => {
    const [only = 0, ...others] = durations.toSorted((a, b) => a - b);
    if (others.length === 0) return fill(words.minutes, { n: only });
    return fill(words.lengths, { list: list.format([only, ...others].map(String)) });
  };
}

interface Props {
  organizer: { slug: string; name: string; logoUrl: string | null };
  type: PublicEventType;
  duration: number;
  isPart: boolean | undefined;
  /** A longer or shorter one, where there is a choice. */
  choice?: ReactNode;
}

/** Who can be booked, for what, for how long and where. */
export function Facts({ organizer, type, duration, isPart, choice }: Props) {
  const words = useWords("scheduling.facts");
  const fill = useFill();
  const placeText = usePlaceText();
  const hostsText = useHostsText();
  const Place = places[type.locationType];
  const Title = isPart ? "h2" : "h1";
  return (
    <header className="grid content-start gap-4">
      <Link to={`/${organizer.slug}`} className="inline-flex items-center gap-3 justify-self-start hover:text-accent">
        <Avatar name={organizer.name} src={organizer.logoUrl} size={44} />
        <span dir="auto" className="text-sm font-medium">
          {organizer.name}
        </span>
      </Link>
      <Title dir="auto" className="text-2xl!">
        {type.name}
      </Title>
      {(type.hosts.length > 1 || type.hosts[0]?.name !== organizer.name) && (
        <div className="grid gap-2 text-sm">
          <Faces hosts={type.hosts} size={36} />
          <p>{fill(words.with, { names: hostsText(type.hosts) })}</p>
        </div>
      )}
      {type.description && (
        <p dir="auto" className="max-w-[60ch] whitespace-pre-line text-ink-soft">
          {type.description}
        </p>
      )}
      <ul className="mt-1 grid gap-2.5 text-sm">
        {(!choice || type.durations.length === 1) && (
          <Fact icon={<Clock />}>{fill(words.minutes, { n: duration })}</Fact>
        )}
        {choice}
        <Fact icon={<Place />}>{placeText(type)}</Fact>
        {type.maxAttendees > 1 && <Fact icon={<Users />}>{fill(words.group, { n: type.maxAttendees })}</Fact>}
        {type.needsApproval && <Fact icon={<Hourglass />}>{words.approval}</Fact>}
      </ul>
    </header>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-3 [&_svg]:mt-0.5 [&_svg]:size-4.5 [&_svg]:shrink-0 [&_svg]:text-ink-soft">
      <span aria-hidden="true">{icon}</span>
      <span>{children}</span>
    </li>
  );
}
