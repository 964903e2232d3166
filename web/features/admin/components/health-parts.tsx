import { CircleAlert, CircleCheck, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";

import type { Health } from "#contract/operations.ts";
import { numberFormat } from "#web/platform/format.ts";
import { useLocale, useWords } from "#web/platform/words.ts";

type State = "ready" | "preparing" | "off";

const signs = {
  ready: { Icon: CircleCheck, colour: "text-good" },
  preparing: { Icon: CircleDashed, colour: "text-warn" },
  off: { Icon: CircleAlert, colour: "text-bad" },
};

/** How the mail is, told like the other parts: letters that failed are what needs a look. */
export const mailState = ({ kind, failed }: Health["mail"]): State =>
  kind === "off" ? "off" : failed > 0 ? "preparing" : "ready";

/** Space is short below a tenth or below a gigabyte. */
export const diskState = ({ freeBytes, totalBytes }: Health["disk"]): State =>
  freeBytes < 1e9 ? "off" : freeBytes < totalBytes / 10 ? "preparing" : "ready";

/** All parts in one line. */
export function HealthLine({ health }: { health: Health }) {
  const words = useWords("admin.health");
  const parts: [string, State][] = [
    [words.database, health.database.state],
    [words.jobs, health.jobs.failed > 0 && health.jobs.state === "ready" ? "preparing" : health.jobs.state],
    [words.media, health.media.state],
    ...(health.redis ? [[words.redis, health.redis.state] satisfies [string, State]] : []),
    [words.mail, mailState(health.mail)],
    [words.disk, diskState(health.disk)],
  ];
  return (
    <ul className="flex flex-wrap gap-x-8 gap-y-3 text-sm">
      {parts.map(([name, state]) => (
        <li key={name} className="flex items-center gap-2">
          <Sign state={state} />
          <span className="font-medium">{name}</span>
          <span className="text-ink-soft">{words[state]}</span>
        </li>
      ))}
    </ul>
  );
}

function Sign({ state }: { state: State }) {
  const { Icon, colour } = signs[state];
  return <Icon aria-hidden="true" className={`size-5 shrink-0 ${colour}`} />;
}

/** One part with what there is to know of it. */
export function HealthPart({ name, state, children }: { name: string; state: State; children: ReactNode }) {
  const words = useWords("admin.health");
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 py-4">
      <Sign state={state} />
      <div className="grid grid-cols-1 gap-1">
        <h3 className="flex flex-wrap items-baseline gap-x-3 text-base!">
          {name}
          <span className="font-sans text-sm font-normal text-ink-soft">{words[state]}</span>
        </h3>
        <div className="grid gap-0.5 text-sm text-ink-soft">{children}</div>
      </div>
    </li>
  );
}

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A number of bytes in the unit in which it is short. */
export function useBytes(): (bytes: number) => string {
  const locale = useLocale();
  return (bytes) => {
    const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
    const options = { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: 1 } as const;
    return numberFormat(locale, options).format(bytes / 1000 ** step);
  };
}

/** How full something is, as a bar with the words beside it. */
export function Share({ used, says }: { used: number; says: string }) {
  return (
    <div className="grid max-w-80 gap-1.5">
      <span>{says}</span>
      <span aria-hidden="true" className="block h-1.5 overflow-hidden rounded-full bg-ink/10">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${Math.round(used * 100)}%` }} />
      </span>
    </div>
  );
}
