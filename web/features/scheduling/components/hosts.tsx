import type { PublicEventType } from "#contract/scheduling-public.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";

interface Face {
  name: string;
  pictureUrl: string | null;
}

const mostFaces = 5;
const mostNames = 4;

/** The faces of those who host, a little over one another; their names stand beside it. */
export function Faces({ hosts, size = 32 }: { hosts: readonly Face[]; size?: number }) {
  const more = hosts.length - mostFaces;
  return (
    <span aria-hidden="true" className="flex shrink-0 -space-x-1 rtl:space-x-reverse">
      {hosts.slice(0, more > 0 ? mostFaces - 1 : mostFaces).map(({ name, pictureUrl }) => (
        <Avatar key={name} name={name} src={pictureUrl} size={size} className="ring-2 ring-surface" />
      ))}
      {more > 0 && (
        <span
          style={{ width: size, height: size, fontSize: size * 0.36 }}
          className="grid place-items-center rounded-full bg-sunken font-medium text-ink-soft ring-2 ring-surface"
        >
          +{more + 1}
        </span>
      )}
    </span>
  );
}

/** With whom, in small, where they are several. */
export function HostsLine({ hosts, names }: { hosts: readonly Face[]; names: string }) {
  if (hosts.length < 2) return null;
  return (
    <p className="mt-2 flex items-center gap-3 text-sm text-ink-soft">
      <Faces hosts={hosts} size={26} />
      {names}
    </p>
  );
}

/** Who takes part, in a line: everybody who always does, and one of each group. */
export function useHostsText() {
  const words = useWords("scheduling.facts");
  const fill = useFill();
  const locale = useLocale();
  const all = new Intl.ListFormat(locale, { type: "conjunction" });
  const some = new Intl.ListFormat(locale, { type: "disjunction" });
  return (hosts: PublicEventType["hosts"]): string => {
    const groups = [...Map.groupBy(hosts, ({ group }) => group).values()];
    return all.format(
      groups.map((group) => {
        const names = group.map(({ name }) => name);
        if (names.length === 1) return names[0] ?? "";
        if (names.length <= mostNames) return some.format(names);
        return fill(words.oneOfMany, { n: names.length, name: names[0] ?? "" });
      }),
    );
  };
}
