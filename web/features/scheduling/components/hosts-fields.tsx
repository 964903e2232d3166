import { type ChangeEvent, useId, useState } from "react";
import { Link } from "react-router";

import type { EventType } from "#contract/scheduling.ts";
import type { PossibleHost } from "#contract/scheduling-teams.ts";
import { portionsOf, type Share } from "#domain/availability/teams.ts";
import { ShareFields } from "#web/features/scheduling/components/share-fields.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Select } from "#web/ui/field.tsx";
import { useFormState } from "#web/ui/form-state.ts";
import { Avatar, Notice } from "#web/ui/surface.tsx";

interface Props {
  type: EventType;
  possible: readonly PossibleHost[];
}

const fresh = { isFixed: false, group: null, weight: 1, priority: 0 };

/** What was typed since the page came, by host. */
type Typed = Record<string, Partial<Share> | undefined>;
type Way = "" | NonNullable<EventType["team"]>;

/** Who hosts: one, all together, or one after another; and by whose hours. */
export function HostsFields({ type, possible }: Props) {
  const words = useWords("scheduling.hosts");
  const members = possible.filter(({ isMember }) => isMember);
  const [way, setWay] = useState<Way>(type.team ?? "");
  const [chosen, setChosen] = useState<readonly string[]>(type.hosts.map(({ userId }) => userId));
  const [typed, setTyped] = useState<Typed>({});
  const shareOf = (userId: string) => ({
    ...fresh,
    ...type.hosts.find((one) => one.userId === userId),
    ...typed[userId],
  });
  const portions = portionsOf(chosen.map((userId) => ({ ...shareOf(userId), userId })));
  const choose = (userId: string, isChosen: boolean) =>
    setChosen(way === "" ? [userId] : [...chosen.filter((id) => id !== userId), ...(isChosen ? [userId] : [])]);
  const isAlone = members.length === 1 && type.hosts.length === 1;
  return (
    <>
      {!isAlone && (
        <RadioGroup
          name="team"
          label={words.way}
          quietLabel
          defaultValue={way}
          onChoose={(value) => setWay(value as Way)}
          options={[
            { value: "", label: words.one, hint: words.oneHint },
            { value: "roundRobin", label: words.turns, hint: words.turnsHint },
            { value: "collective", label: words.together, hint: words.togetherHint },
          ]}
        />
      )}
      <Refusal />
      <fieldset className="grid">
        <legend className="mb-1 text-sm font-medium">{words.members}</legend>
        <p hidden={way !== "roundRobin"} className="pb-2 text-xs text-ink-soft">
          {words.sharesHint}
        </p>
        {members.map((member, n) => (
          <Row
            key={member.userId}
            {...{ type, member, n, way, chosen }}
            portion={portions.get(member.userId)}
            onChoose={(isChosen) => choose(member.userId, isChosen)}
            onShare={(said) => setTyped({ ...typed, [member.userId]: { ...typed[member.userId], ...said } })}
          />
        ))}
      </fieldset>
      <Left possible={possible} />
      {isAlone && (
        <p className="text-sm text-ink-soft">
          {words.alone}{" "}
          <Link to={`/organize/team?organizer=${type.organizerId}`} className="link">
            {words.invite}
          </Link>
        </p>
      )}
    </>
  );
}

/** What the house said about the team as a whole. */
function Refusal() {
  const words = useWords("scheduling.hosts");
  const { failure } = useFormState();
  const code = failure?.fields.hosts?.code ?? failure?.fields.team?.code;
  if (!code) return null;
  const says = code === "one_host_for_groups" ? words.oneForGroups : code === "required" ? words.sayHow : words.nobody;
  return <Notice mood="bad">{says}</Notice>;
}

interface RowProps {
  type: EventType;
  member: PossibleHost;
  n: number;
  way: Way;
  chosen: readonly string[];
  /** How much of the bookings of their group is theirs, from 0 to 1. */
  portion: number | undefined;
  onChoose: (isChosen: boolean) => void;
  onShare: (said: Partial<Share>) => void;
}

function Row({ type, member, n, way, chosen, portion, onChoose, onShare }: RowProps) {
  const words = useWords("scheduling.hosts");
  const fill = useFill();
  const { userId, name, pictureUrl, upcoming } = member;
  const id = useId();
  const host = type.hosts.find((one) => one.userId === userId);
  const isChosen = way === "" ? chosen[0] === userId : chosen.includes(userId);
  const field = (part: string) => `hosts.${n}.${part}`;
  const choice = {
    id,
    checked: isChosen,
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) => onChoose(currentTarget.checked),
  };
  return (
    <div className="border-t border-line py-2 first-of-type:border-t-0">
      <input type="hidden" name={field("userId")} value={userId} />
      <div className="flex flex-wrap items-center gap-x-4">
        <label htmlFor={id} className="flex min-h-11 min-w-48 flex-1 items-center gap-3">
          {way === "" ? (
            <input key="alone" type="radio" name="hostId" value={userId} {...choice} className="radio" />
          ) : (
            <input
              key="among"
              type="checkbox"
              name={field("takesPart")}
              value="true"
              {...choice}
              className="mx-px size-4.5 accent-[var(--accent)]"
            />
          )}
          <Avatar name={name} src={pictureUrl} size={32} />
          <span className="text-sm font-medium">{name}</span>
        </label>
        <Hours member={member} name={field("scheduleId")} chosen={host?.scheduleId ?? null} isShown={isChosen} />
      </div>
      {way !== "" && (
        <ShareFields {...{ field, host, name, portion, onShare }} isShown={way === "roundRobin" && isChosen} />
      )}
      {!isChosen && upcoming > 0 && (
        <p className="ms-8 pb-1 text-xs text-ink-soft">{fill(words.stay, { n: upcoming, name })}</p>
      )}
    </div>
  );
}

interface HoursProps {
  member: PossibleHost;
  name: string;
  chosen: string | null;
  isShown: boolean;
}

/** By which of a host's schedules they take part; asked where there are several. */
function Hours({ member: { name: whose, schedules }, name, chosen, isShown }: HoursProps) {
  const words = useWords("scheduling.hosts");
  const fill = useFill();
  if (schedules.length < 2) return null;
  return (
    <div hidden={!isShown} className="w-56">
      <Select name={name} label={fill(words.hoursOf, { name: whose })} quietLabel defaultValue={chosen ?? ""}>
        <option value="">{words.usualHours}</option>
        {schedules
          .filter(({ id, isDefault }) => !isDefault || id === chosen)
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
      </Select>
    </div>
  );
}

/** Who is no member any more: what is booked with them stands, and nobody else is told to come. */
function Left({ possible }: { possible: readonly PossibleHost[] }) {
  const words = useWords("scheduling.hosts");
  const fill = useFill();
  const left = possible.filter(({ isMember }) => !isMember);
  if (left.length === 0) return null;
  return (
    <Notice mood="warn">
      {left.map(({ userId, name, upcoming }) => (
        <p key={userId}>{fill(words.left, { n: upcoming, name })}</p>
      ))}
    </Notice>
  );
}
