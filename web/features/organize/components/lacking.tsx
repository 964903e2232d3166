import { useEffect } from "react";

import type { FormFailure } from "#web/platform/form.ts";
import { useWords } from "#web/platform/words.ts";

/** What is missing before an event can be published: at which field, and in a sentence. */
export interface Lack {
  at: string;
  code: string;
  says: string;
}

/** Why it was not published, above its form; begins at the first field that has something missing. Needs `organize.edit`. */
export function Lacking({ lacks, form }: { lacks: readonly Lack[]; form: string }) {
  const words = useWords("organize.edit");
  const has = lacks.length > 0;
  // Once: as things are mended the list grows shorter, but nobody is taken away from where they are typing.
  // And a moment later, since a new page first takes the focus to its beginning.
  useEffect(() => {
    if (!has) return;
    const field = document.getElementById(form)?.querySelector<HTMLElement>("[aria-invalid=true]");
    const later = requestAnimationFrame(() => field?.focus());
    return () => cancelAnimationFrame(later);
  }, [has, form]);
  if (!has) return null;
  return (
    <div role="alert" className="mb-6 rounded-control border border-bad/40 bg-bad-wash px-4 py-3 text-sm">
      <p className="font-medium">{words.lacking}</p>
      <ul className="mt-1 list-disc ps-5">
        {lacks.map(({ at, code, says }) => (
          <li key={at + code}>{says}</li>
        ))}
      </ul>
    </div>
  );
}

/** The same as a form shows it at its fields. */
export function failureOf(lacks: readonly Lack[]): FormFailure | undefined {
  if (lacks.length === 0) return undefined;
  const fields = Object.fromEntries(lacks.map(({ at, code, says }) => [at, { code, says, values: {} }]));
  return { ok: false, code: "event.incomplete", message: "", details: {}, fields, typed: {} };
}
