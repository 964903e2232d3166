import { type ComponentProps, useId } from "react";

import { useWords } from "#web/platform/words.ts";
import { Field } from "#web/ui/field.tsx";
import { useReaderZone } from "#web/ui/time.tsx";
import { useZoneList } from "#web/ui/zone-list.tsx";

type Given = Omit<ComponentProps<typeof Field>, "type">;

/** A day and a time on the clocks of some place: `2026-12-03T18:00`, without a zone. The zone has a field of its own. */
export function DateTimeField(props: Given) {
  // A day with its hour is wider than a panel on the narrowest phones, and may lose a digit there.
  const look = "min-w-0 grid-cols-[minmax(0,1fr)] tabular";
  return <Field {...props} type="datetime-local" className={`${look} ${props.className ?? ""}`} />;
}

/** The place whose clocks count. Begins with the reader's own zone where none was given; its suggestions need script. */
export function ZoneField({ label, hint, ...props }: Partial<Given> & { name: string }) {
  const words = useWords("ui.time");
  const id = useId();
  const own = useReaderZone();
  const { list, onFocus } = useZoneList(id);
  return (
    <>
      <Field
        key={props.defaultValue ? "given" : own}
        {...props}
        label={label ?? words.zone}
        hint={hint ?? words.zoneHint}
        list={id}
        onFocus={onFocus}
        defaultValue={props.defaultValue ?? own}
        autoComplete="off"
        spellCheck={false}
      />
      {list}
    </>
  );
}
