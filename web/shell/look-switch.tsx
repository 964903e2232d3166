import { Monitor, Moon, Sun } from "lucide-react";
import { Form, useFetchers, useLocation } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";

/** Light, dark, or as the device says. Kept in a cookie, so that the first paint is already right. */
export function LookSwitch() {
  const words = useWords("shell.frame");
  const { pathname, search } = useLocation();
  const kept = useRoot()?.look;
  const sent = useFetchers().find(({ formAction }) => formAction === "/look");
  const chosen = sent?.formData?.get("look") ?? kept;
  const looks = [
    { look: "system", says: words.lookSystem, Icon: Monitor },
    { look: "light", says: words.lookLight, Icon: Sun },
    { look: "dark", says: words.lookDark, Icon: Moon },
  ];
  return (
    <Form method="post" action="/look" navigate={false} preventScrollReset>
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset className="flex rounded-full border border-line p-0.5">
        <legend className="sr-only">{words.look}</legend>
        {looks.map(({ look, says, Icon }) => (
          <button
            key={look}
            type="submit"
            name="look"
            value={look}
            title={says}
            aria-label={says}
            aria-pressed={look === chosen}
            className="grid size-8 place-items-center rounded-full text-ink-soft hover:text-ink aria-pressed:bg-sunken aria-pressed:text-ink pointer-coarse:size-11"
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        ))}
      </fieldset>
    </Form>
  );
}
