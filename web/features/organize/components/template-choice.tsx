import { Trash2 } from "lucide-react";

import type { EventTemplate } from "#contract/templates.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { FilterChips } from "#web/ui/list.tsx";

interface Props {
  templates: readonly { value: string; label: string }[];
  chosen: EventTemplate | null;
}

/** What the event begins from: an own template, one of the house, or nothing. */
export function TemplateChoice({ templates, chosen }: Props) {
  const words = useWords("organize.fresh");
  const fill = useFill();
  return (
    <div className="mb-8 grid gap-2">
      <p className="text-sm font-medium">{words.templates}</p>
      <FilterChips name="template" label={words.templates} all={words.blank} options={[...templates]} />
      {chosen && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm text-ink-soft">{chosen.summary || words.fromOwn}</p>
          {!chosen.isBuiltIn && (
            <OpenDialog dialog="remove-template" size="sm" variant="quiet" icon={<Trash2 aria-hidden="true" />}>
              {fill(words.templateRemove, { name: chosen.name })}
            </OpenDialog>
          )}
        </div>
      )}
      {chosen && (
        <Confirm
          id="remove-template"
          danger
          title={words.templateRemoveTitle}
          text={words.templateRemoveText}
          confirm={words.templateRemoveConfirm}
          sends={{ intent: "remove-template", id: chosen.id }}
        />
      )}
    </div>
  );
}
