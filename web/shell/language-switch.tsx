import { useLocation } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";

/** The languages of the house, each by its own name. The whole page comes anew, since every word of it changes. */
export function LanguageSwitch() {
  const words = useWords("shell.frame");
  const { pathname, search } = useLocation();
  const { languages = [], locale } = useRoot() ?? {};
  if (languages.length < 2) return null;
  return (
    <form method="post" action="/language">
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset className="flex flex-wrap gap-x-4">
        <legend className="sr-only">{words.language}</legend>
        {languages.map(({ tag, name }) => (
          <button
            key={tag}
            type="submit"
            name="language"
            value={tag}
            lang={tag}
            aria-pressed={tag === locale}
            className="inline-flex min-h-9 items-center hover:text-ink aria-pressed:text-ink aria-pressed:underline aria-pressed:decoration-accent aria-pressed:decoration-2 aria-pressed:underline-offset-4 pointer-coarse:min-h-11"
          >
            {name}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
