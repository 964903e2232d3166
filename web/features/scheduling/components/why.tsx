import { CalendarCheck2, CircleSlash2 } from "lucide-react";
import { Form } from "react-router";

import type { SlotReason } from "#contract/scheduling-public.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { useInstantText } from "#web/features/scheduling/components/instant.ts";
import { dateText } from "#web/features/scheduling/components/month.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { DateTimeField } from "#web/ui/date-time-field.tsx";
import { Hidden } from "#web/ui/hidden.tsx";

/** What became of a question about one time. */
export interface Told {
  at: string;
  isOffered: boolean;
  reasons: readonly SlotReason[];
}

/** Why a time is or is not offered, rule by rule. It works before any script does: the question stands in the address. */
export function Why({ asked, told, zone }: { asked: string; told: Told | undefined; zone: string }) {
  const words = useWords("scheduling.why");
  const { all } = useAddress();
  return (
    <div id="why" className="mt-6 border-t border-line pt-5">
      <h3 className="text-base!">{words.title}</h3>
      <Form action="#why" preventScrollReset className="mt-3 flex flex-wrap items-end gap-3">
        <Hidden values={all.filter(([name]) => name !== "why")} />
        <DateTimeField name="why" label={words.time} defaultValue={asked} required />
        <Button type="submit">{words.ask}</Button>
      </Form>
      <div aria-live="polite">{told && <Answer told={told} zone={zone} />}</div>
    </div>
  );
}

function Answer({ told: { at, isOffered, reasons }, zone }: { told: Told; zone: string }) {
  const words = useWords("scheduling.why");
  const fill = useFill();
  const instant = useInstantText();
  const sentences = useSentences(zone);
  const Sign = isOffered ? CalendarCheck2 : CircleSlash2;
  return (
    <div className="mt-4 grid gap-2">
      <p className="flex gap-2 font-medium">
        <Sign aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${isOffered ? "text-good" : "text-warn"}`} />
        {fill(isOffered ? words.offered : words.notOffered, { time: instant(at, zone) })}
      </p>
      <ul className="ms-7 grid list-disc gap-1 ps-4">
        {reasons.flatMap(sentences).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** A rule in words; one that several hosts are in the way of has a sentence for each. */
function useSentences(zone: string): (reason: SlotReason) => string[] {
  const words = useWords("scheduling.why");
  const instant = useInstantText();
  const fill = useFill();
  const locale = useLocale();
  const when = (at: string | null | undefined) => (at ? instant(at, zone) : "–");
  const day = (date: string | null | undefined) =>
    date ? dateText(locale, date, { day: "numeric", month: "long", year: "numeric" }) : "–";
  return (reason) => {
    switch (reason.rule) {
      case "notice":
        return [fill(words.notice, { time: when(reason.earliest) })];
      case "horizon":
        return [fill(words.horizon, { time: when(reason.latest) })];
      case "horizon_dates":
        return [
          reason.first
            ? fill(words.horizonRange, { first: day(reason.first), last: day(reason.last) })
            : fill(words.horizonDate, { last: day(reason.last) }),
        ];
      case "too_long":
        return [fill(words.tooLong, { time: when(reason.closesAt) })];
      case "off_grid":
        return [fill(words.offGrid, { before: when(reason.before), after: when(reason.after) })];
      case "seats":
        return [fill(words.seats, { left: reason.left ?? 0, wanted: reason.wanted ?? 1 })];
      case "limit":
        return [fill(words[reason.limit ?? "perDay"], { most: reason.most ?? 0, taken: reason.taken ?? 0 })];
      case "hosts":
        return (reason.hindered ?? []).map(({ hostName, because, from, until }) =>
          fill(words[`host_${because}`], {
            name: hostName || words.standIn,
            from: when(from),
            until: when(until),
          }),
        );
      default:
        return [words[reason.rule]];
    }
  };
}
