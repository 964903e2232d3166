import { MapPin, SlidersHorizontal, Video, X } from "lucide-react";
import { Form, Link, useSearchParams } from "react-router";

import type { Category } from "#contract/events.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Field, Select } from "#web/ui/field.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { FilterChips } from "#web/ui/list.tsx";

/** A language that events are held in, by its name in the reader's. */
interface Spoken {
  code: string;
  name: string;
}

interface Props {
  categories: readonly Category[];
  spoken: readonly Spoken[];
}

/** Filters that stay in the address: what most ask for in one line, the rest behind it. */
export function EventFilters(props: Props) {
  const words = useWords("events.list");
  return (
    <div className="relative">
      <div className="flex gap-x-5 overflow-x-auto max-xl:-mx-[clamp(1rem,4vw,2.5rem)] max-xl:px-[clamp(1rem,4vw,2.5rem)] xl:flex-wrap xl:pe-33">
        <FilterChips
          name="when"
          label={words.when}
          inRow
          options={[
            { value: "today", label: words.today },
            { value: "weekend", label: words.weekend },
            { value: "week", label: words.week },
            { value: "month", label: words.month },
          ]}
        />
        <FilterChips
          name="format"
          label={words.how}
          inRow
          options={[
            { value: "virtual", label: words.online, icon: <Video aria-hidden="true" /> },
            { value: "in_person", label: words.inPerson, icon: <MapPin aria-hidden="true" /> },
            { value: "hybrid", label: words.both },
          ]}
        />
        <FilterChips name="price" label={words.price} inRow options={[{ value: "free", label: words.free }]} />
      </div>
      <Further {...props} />
    </div>
  );
}

const further = ["from", "until", "language", "sort"];

/** What is asked for less often; open while something of it is set. */
function Further({ categories, spoken }: Props) {
  const words = useWords("events.list");
  const [search] = useSearchParams();
  const kept = [...search].filter(([name]) => ![...further, "when", "cursor"].includes(name));
  return (
    <details open={further.some((name) => search.has(name))}>
      <summary className="link inline-flex min-h-9 items-center gap-2 text-sm pointer-coarse:min-h-11 xl:absolute xl:end-0 xl:top-1">
        <SlidersHorizontal aria-hidden="true" className="size-4" />
        {words.more}
      </summary>
      <div className="mt-2 grid gap-4 rounded-panel border border-line bg-surface p-4">
        <FilterChips
          name="category"
          label={words.category}
          options={categories.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <Form
          key={search.toString()}
          className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_1fr_auto]"
        >
          <Hidden values={kept} />
          <Field type="date" name="from" label={words.from} defaultValue={search.get("from") ?? ""} />
          <Field type="date" name="until" label={words.until} defaultValue={search.get("until") ?? ""} />
          <Select name="language" label={words.language} defaultValue={search.get("language") ?? ""}>
            <option value="">{words.anyLanguage}</option>
            {spoken.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
          <Select name="sort" label={words.sort} defaultValue={search.get("sort") ?? ""}>
            {search.get("q") && <option value="">{words.relevance}</option>}
            <option value={search.get("q") ? "soonest" : ""}>{words.soonest}</option>
            <option value="newest">{words.newest}</option>
          </Select>
          <Button type="submit">{words.apply}</Button>
        </Form>
      </div>
    </details>
  );
}

/** A filter that is set, in words. */
export interface SetFilter {
  name: string;
  says: string;
}

/** What narrows the list now, each to be taken away alone. */
export function SetFilters({ filters, says }: { filters: readonly SetFilter[]; says?: string }) {
  const words = useWords("events.list");
  const fill = useFill();
  const [search] = useSearchParams();
  const without = (name: string) => {
    const next = new URLSearchParams(search);
    for (const gone of [name, "cursor"]) next.delete(gone);
    return `?${next}`;
  };
  return (
    <ul aria-label={words.set} className="flex flex-wrap gap-2">
      {filters.map((filter) => (
        <li key={filter.name} className="min-w-0">
          <Link
            to={without(filter.name)}
            aria-label={fill(says ?? words.remove, { filter: filter.says })}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full bg-wash ps-3.5 pe-2.5 text-sm font-medium text-accent hover:bg-sunken focus-visible:rounded-full pointer-coarse:min-h-11"
          >
            <span className="truncate">{filter.says}</span>
            <X aria-hidden="true" className="size-4 shrink-0" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
