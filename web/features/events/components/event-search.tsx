import { MapPin, Search } from "lucide-react";
import { Form, useSearchParams } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hidden } from "#web/ui/hidden.tsx";

const own = new Set(["q", "place", "cursor", "sort"]);

/** What and where, in one line; a plain form without script. Keeps the filters that are set. */
export function EventSearch() {
  const words = useWords("events.list");
  const [search] = useSearchParams();
  const kept = [...search].filter(([name]) => !own.has(name));
  const fields = [
    { name: "q", label: words.search, hint: words.searchHint, Icon: Search, most: 200, span: "max-sm:col-span-2" },
    { name: "place", label: words.place, hint: words.placeHint, Icon: MapPin, most: 120, span: "" },
  ];
  return (
    <Form role="search" className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 sm:grid-cols-[3fr_2fr_auto]">
      <Hidden values={kept} />
      {fields.map(({ name, label, hint, Icon, most, span }) => (
        <div key={name} className={`relative min-w-0 ${span}`}>
          <Icon
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-ink-soft"
          />
          <input
            key={search.get(name)}
            type="search"
            name={name}
            aria-label={label}
            placeholder={hint}
            defaultValue={search.get(name) ?? ""}
            maxLength={most}
            enterKeyHint="search"
            className="input min-h-13! rounded-[14px]! ps-12! text-base!"
          />
        </div>
      ))}
      <Button type="submit" variant="primary" size="lg" className="min-h-13 rounded-[14px]">
        {words.find}
      </Button>
    </Form>
  );
}
