import { MapPin, Video } from "lucide-react";

import type { Category } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { FilterChips } from "#web/ui/list.tsx";

/** Filters that stay in the address. */
export function EventFilters({ categories }: { categories: readonly Category[] }) {
  const words = useWords("events.list");
  return (
    <div className="grid grid-cols-1 gap-2">
      <div className="flex min-w-0 flex-wrap gap-x-6 gap-y-1">
        <FilterChips
          name="when"
          label={words.when}
          options={[
            { value: "today", label: words.today },
            { value: "week", label: words.week },
            { value: "month", label: words.month },
          ]}
        />
        <FilterChips
          name="format"
          label={words.how}
          options={[
            { value: "virtual", label: words.online, icon: <Video aria-hidden="true" /> },
            { value: "in_person", label: words.inPerson, icon: <MapPin aria-hidden="true" /> },
            { value: "hybrid", label: words.both },
          ]}
        />
        <FilterChips name="sort" label={words.sort} options={[{ value: "newest", label: words.newest }]} />
      </div>
      <FilterChips
        name="category"
        label={words.category}
        options={categories.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
    </div>
  );
}
