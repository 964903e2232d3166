import { Form } from "react-router";

import type { PublicEventType } from "#contract/scheduling-public.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hidden } from "#web/ui/hidden.tsx";

interface Props {
  recurrence: NonNullable<PublicEventType["recurrence"]>;
  /** How often it is asked for so far; 1: once. */
  times: number;
}

/** How often a time is wanted; the dates follow below, before anything is booked. */
export function Repeat({ recurrence: { type, rule, most }, times }: Props) {
  const words = useWords("scheduling.series");
  const fill = useFill();
  const { all } = useAddress();
  return (
    <Form preventScrollReset className="grid gap-1.5">
      <Hidden values={all.filter(([name]) => name !== "times")} />
      <label htmlFor="times" className="text-sm font-medium">
        {rule ? words.repeat : words[type]}
      </label>
      <span className="flex items-center gap-2">
        <input
          id="times"
          name="times"
          type="number"
          min={1}
          max={most}
          defaultValue={times}
          inputMode="numeric"
          aria-describedby="times-most"
          className="input w-20!"
        />
        <span className="text-sm text-ink-soft">{words.times}</span>
        <Button type="submit" size="sm">
          {words.show}
        </Button>
      </span>
      <span id="times-most" className="text-xs text-ink-soft">
        {fill(words.most, { n: most })}
      </span>
    </Form>
  );
}
