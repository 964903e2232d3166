import { Check, RotateCcw, Undo2, WifiOff, X } from "lucide-react";
import type { ReactNode } from "react";

import type { CheckIn } from "#contract/tickets.ts";
import type { Verdict } from "#web/features/door/state.ts";
import type { Sentences } from "#web/platform/catalogue.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";

interface Props {
  verdict: Verdict | null;
  zone: string;
  onUndo?: (checkIn: CheckIn) => void;
  onNext?: () => void;
}

// Lit like a traffic light, in every look: these are seen from the side, in the dark, by somebody who talks to a guest.
const grounds: Record<Verdict["kind"], string> = {
  in: "bg-[oklch(0.46_0.13_152)] text-[oklch(0.99_0.01_152)]",
  used: "bg-[oklch(0.8_0.15_80)] text-[oklch(0.2_0.04_80)]",
  no: "bg-[oklch(0.48_0.19_27)] text-[oklch(0.99_0.01_27)]",
  offline: "bg-[oklch(0.8_0.15_80)] text-[oklch(0.2_0.04_80)]",
  undone: "bg-[oklch(0.36_0.02_265)] text-[oklch(0.97_0.01_265)]",
};

/** Green, amber or red, with a sign and a word, and what there is to know about it. */
export function VerdictPanel({ verdict, zone, onUndo, onNext }: Props) {
  const words = useWords("door.page");
  return (
    <div role="status" aria-live="assertive" aria-atomic="true" className="empty:hidden">
      {verdict && (
        <div
          // Another verdict is another thing, even when it says the same.
          key={verdict.kind === "in" ? verdict.checkIn.id : verdict.kind}
          data-verdict={verdict.kind}
          className={`animate-rise grid gap-4 p-5 sm:p-6 lg:rounded-panel ${grounds[verdict.kind]}`}
        >
          <Said verdict={verdict} zone={zone} />
          <div className="flex gap-3">
            {verdict.kind === "in" && onUndo && (
              <Key onPress={() => onUndo(verdict.checkIn)} icon={<Undo2 aria-hidden="true" />}>
                {words.undo}
              </Key>
            )}
            {onNext && (
              <Key onPress={onNext} icon={<Check aria-hidden="true" />} isMain>
                {words.next}
              </Key>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

interface KeyProps {
  onPress: () => void;
  icon: ReactNode;
  isMain?: boolean;
  children: ReactNode;
}

function Key({ onPress, icon, isMain, children }: KeyProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      className={`inline-flex min-h-13 flex-1 items-center justify-center gap-2 rounded-control border border-current/40 px-4 text-base font-medium outline-current! [&_svg]:size-5 ${isMain ? "bg-current/15" : ""}`}
    >
      {icon}
      {children}
    </button>
  );
}

const signs: Record<Verdict["kind"], ReactNode> = {
  in: <Check strokeWidth={3} />,
  used: <RotateCcw strokeWidth={2.5} />,
  no: <X strokeWidth={3} />,
  offline: <WifiOff strokeWidth={2.5} />,
  undone: <Undo2 strokeWidth={2.5} />,
};

function Said({ verdict, zone }: { verdict: Verdict; zone: string }) {
  const { word, name, more } = useSaid(verdict, zone);
  return (
    <div className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1">
      <span aria-hidden="true" className="row-span-2 [&_svg]:size-14">
        {signs[verdict.kind]}
      </span>
      <p className="font-serif text-2xl leading-tight font-[600]">{word}</p>
      <p className="text-lg leading-snug break-words">
        {name && <strong className="block font-medium">{name}</strong>}
        {more}
      </p>
    </div>
  );
}

function useSaid(verdict: Verdict, zone: string): { word: string; name?: string; more?: string } {
  const words = useWords("door.page");
  const fill = useFill();
  const locale = useLocale();
  const clock = (at: string) =>
    at && new Intl.DateTimeFormat(locale, { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(new Date(at));
  switch (verdict.kind) {
    case "in": {
      const { name, ticketTypeName, side } = verdict.checkIn;
      return { word: words.welcome, name, more: side === "virtual" ? words.virtual : (ticketTypeName ?? undefined) };
    }
    case "used": {
      const { name, at, gate } = verdict;
      return { word: words.usedWord, more: fill(words.usedAt, { name, time: clock(at), gate: gate || "none" }) };
    }
    case "undone":
      return { word: fill(words.undone, { name: verdict.name }) };
    case "offline":
      return { word: words.offline };
    case "no":
      return { word: words.noWord, more: why(verdict, words, fill) };
  }
}

/** Why nobody is let in by this ticket. */
function why(
  { code, name, status = "", because }: Extract<Verdict, { kind: "no" }>,
  words: Sentences<"door.page">,
  fill: ReturnType<typeof useFill>,
): string {
  if (code === "rate.limited") return words.tooMany;
  if (code === "auth.forbidden" || code === "auth.required") return words.forbidden;
  if (code === "check_in.not_admitted") {
    const why = because === "access.other_side" ? "online" : because === "gathering.cancelled" ? "off" : status;
    return name ? fill(words.notAdmitted, { name, status: why }) : words.notAdmittedPlain;
  }
  return code === "no_code" ? words.noCode : words.unknown;
}
