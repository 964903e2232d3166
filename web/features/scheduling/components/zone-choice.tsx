import { Globe } from "lucide-react";
import { useEffect, useId } from "react";
import { Form, Link, useNavigate } from "react-router";

import { useAddress } from "#web/features/scheduling/components/address.ts";
import { clockFormat } from "#web/features/scheduling/components/times.tsx";
import { useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { useReaderZone, useZoneName } from "#web/ui/time.tsx";
import { useZoneList } from "#web/ui/zone-list.tsx";

interface Props {
  zone: string;
  now: string;
  isUnknown: boolean;
  /** The reader's own is taken over where the address names none. */
  isGuessed: boolean;
}

/** In whose clocks the times are shown, and whether they count to twelve. */
export function ZoneChoice({ zone, now, isUnknown, isGuessed }: Props) {
  const words = useWords("scheduling.book");
  const { all, changed, clock } = useAddress();
  const locale = useLocale();
  useOwnZone(zone, isGuessed);
  const format = clockFormat(locale, zone, clock);
  const shown = clock ?? (format.resolvedOptions().hour12 ? "12" : "24");
  const zoneName = useZoneName();
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <details open={isUnknown} className="min-w-0 flex-1">
          <summary className="inline-flex min-h-11 items-center gap-2 rounded-control text-sm text-ink-soft hover:text-ink">
            <Globe aria-hidden="true" className="size-4.5" />
            <span className="underline decoration-dotted underline-offset-4" suppressHydrationWarning>
              {zoneName(zone, new Date(now))}
              <span className="tabular whitespace-nowrap" suppressHydrationWarning>
                {" "}
                ({format.format(new Date(now))})
              </span>
            </span>
          </summary>
          <Form preventScrollReset className="mt-2 grid max-w-sm gap-3 pb-2">
            <Hidden values={all.filter(([name]) => name !== "zone" && name !== "date")} />
            <ZoneInput zone={zone} isUnknown={isUnknown} />
            <Button type="submit" size="sm" className="justify-self-start">
              {words.zoneUse}
            </Button>
          </Form>
        </details>
        <nav aria-label={words.clock} className="inline-flex gap-1 rounded-control bg-sunken p-1">
          {(["12", "24"] as const).map((one) => (
            <Link
              key={one}
              to={changed({ clock: one })}
              replace
              preventScrollReset
              aria-current={shown === one ? "true" : undefined}
              className="inline-flex min-h-9 items-center rounded-[7px] px-3 text-sm text-ink-soft hover:text-ink aria-[current]:bg-surface aria-[current]:text-ink aria-[current]:shadow-[0_0_0_1px_var(--line)] pointer-coarse:min-h-11"
            >
              {one === "12" ? words.clock12 : words.clock24}
            </Link>
          ))}
        </nav>
      </div>
    </div>
  );
}

/** A field of the plainest kind: those of forms would be loaded for it alone. */
function ZoneInput({ zone, isUnknown }: Pick<Props, "zone" | "isUnknown">) {
  const words = useWords("scheduling.book");
  const id = useId();
  const { list, onFocus } = useZoneList(`${id}-zones`);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {words.zone}
      </label>
      <input
        id={id}
        name="zone"
        key={zone}
        defaultValue={zone}
        list={`${id}-zones`}
        onFocus={onFocus}
        aria-invalid={isUnknown ? true : undefined}
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        spellCheck={false}
        className="input"
      />
      {list}
      <p id={`${id}-hint`} className={`text-xs ${isUnknown ? "font-medium text-bad" : "text-ink-soft"}`}>
        {isUnknown ? words.zoneUnknown : words.zoneHint}
      </p>
    </div>
  );
}

/** Nobody knows where a reader is before their page has come to life; then their own clocks are what they mean. */
function useOwnZone(zone: string, isGuessed: boolean): void {
  const own = useReaderZone();
  const navigate = useNavigate();
  const { changed } = useAddress();
  const to = own && own !== zone && isGuessed ? changed({ zone: own }) : undefined;
  useEffect(() => {
    if (to) navigate(to, { replace: true, preventScrollReset: true });
  }, [to, navigate]);
}
