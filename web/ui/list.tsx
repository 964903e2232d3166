import { Search, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Form, Link, useLocation, useSearchParams } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { Hidden } from "#web/ui/hidden.tsx";

/** The address of this page with some of its search changed; `null` takes a word out. Paging always starts anew. */
function useChangedSearch() {
  const [search] = useSearchParams();
  return (changes: Record<string, string | null>): string => {
    const next = new URLSearchParams(search);
    next.delete("cursor");
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `?${next}`;
  };
}

interface SearchProps {
  /** The word in the address; `q` unless told. */
  name?: string;
  label: string;
  placeholder?: string;
  size?: "md" | "lg";
}

/** Search that stays in the address, so that a result can be shared; a plain form without script. Keeps the chips that are set. */
export function SearchField({ name = "q", label, placeholder, size = "md" }: SearchProps) {
  const words = useWords("ui.common");
  const [search] = useSearchParams();
  const changed = useChangedSearch();
  const kept = [...search].filter(([key]) => key !== name && key !== "cursor");
  const term = search.get(name) ?? "";
  return (
    <Form role="search" className="relative w-full">
      <Hidden values={kept} />
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 start-4 my-auto size-5 text-ink-soft"
      />
      <input
        key={term}
        type="search"
        name={name}
        aria-label={label}
        placeholder={placeholder ?? label}
        defaultValue={term}
        enterKeyHint="search"
        className={`input ps-12! pe-12! ${size === "lg" ? "min-h-13! rounded-[14px]! text-base!" : ""}`}
      />
      {term && (
        <Link
          to={changed({ [name]: null })}
          aria-label={words.clear}
          className="absolute inset-y-0 end-1 my-auto grid size-10 place-items-center rounded-control text-ink-soft hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
        </Link>
      )}
    </Form>
  );
}

interface ChipsProps {
  name: string;
  label: string;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
  /** The words of the chip that takes the filter away; without it a set chip is lifted by pressing it again. */
  all?: string;
  /** Stands in a row that scrolls as a whole. */
  inRow?: boolean;
}

/** Filters as links: each has an address of its own. */
export function FilterChips({ name, label, options, all, inRow }: ChipsProps) {
  const [search] = useSearchParams();
  const changed = useChangedSearch();
  const chosen = options.find(({ value }) => value === search.get(name))?.value;
  return (
    <nav
      aria-label={label}
      className={`flex gap-2 py-1 ${inRow ? "shrink-0 xl:shrink xl:flex-wrap" : "-mx-1 sm:flex-wrap max-w-[calc(100%+0.5rem)] overflow-x-auto px-1"}`}
    >
      {all && (
        <Chip to={changed({ [name]: null })} isOn={chosen === undefined}>
          {all}
        </Chip>
      )}
      {options.map(({ value, label: says, icon }) => (
        <Chip key={value} to={changed({ [name]: value === chosen ? null : value })} isOn={value === chosen}>
          {icon}
          {says}
        </Chip>
      ))}
    </nav>
  );
}

function Chip({ to, isOn, children }: { to: string; isOn: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      preventScrollReset
      aria-current={isOn ? "true" : undefined}
      className="aria-[current]:[scroll-initial-target:nearest] inline-flex min-h-9 shrink-0 items-center gap-2 rounded-full border border-line px-3.5 text-sm whitespace-nowrap text-ink-soft transition-colors hover:border-edge hover:text-ink focus-visible:rounded-full aria-[current]:border-accent aria-[current]:bg-wash aria-[current]:font-medium aria-[current]:text-accent pointer-coarse:min-h-11 [&_svg]:size-4"
    >
      {children}
    </Link>
  );
}

/** Tabs that are pages: each a link, with the place in the list of pages. */
export function TabLinks({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { to: string; label: string; count?: number; end?: boolean }[];
}) {
  const { pathname } = useLocation();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const here = pathname && list.current?.querySelector("[aria-current]");
    const row = list.current?.parentElement;
    if (!here || !row) return;
    const middleOf = (element: Element) => {
      const { left, width } = element.getBoundingClientRect();
      return left + width / 2;
    };
    // Where there are more than a phone shows, the one that is open is in the middle of those shown. The row alone is
    // moved: whoever has scrolled down the page already stays there.
    row.scrollBy({ left: middleOf(here) - middleOf(row) });
  }, [pathname]);
  return (
    <nav aria-label={label} className="mb-8 overflow-x-auto border-b border-line">
      <ul ref={list} className="-mb-px flex gap-1">
        {tabs.map(({ to, label: says, count, end }) => {
          const [path = to] = to.split("?");
          const isHere = end ? pathname === path : pathname.startsWith(path);
          return (
            <li key={to}>
              <Link
                to={to}
                aria-current={isHere ? "page" : undefined}
                className="aria-[current]:[scroll-initial-target:nearest] inline-flex min-h-11 items-center gap-2 border-b-2 border-transparent px-3 text-sm font-medium whitespace-nowrap text-ink-soft -outline-offset-2! hover:text-ink aria-[current]:border-accent aria-[current]:text-ink"
              >
                {says}
                {count !== undefined && <span className="text-xs text-ink-soft tabular">{count}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
