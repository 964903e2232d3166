import { FileDown, FileUp } from "lucide-react";
import { useEffect, useRef } from "react";

import type { useBuilder } from "#web/features/questions/components/use-builder.ts";
import type { Draft } from "#web/features/questions/state.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { toast } from "#web/ui/toast.tsx";

/** Questions out into a file, and in from one. */
export function Exchange({ draft, builder }: { draft: Draft; builder: ReturnType<typeof useBuilder> }) {
  const words = useWords("questions.builder");
  const fill = useFill();
  const input = useRef<HTMLInputElement>(null);
  const { data, read } = builder;
  const told = useRef<typeof data>(undefined);
  useEffect(() => {
    if (!data?.ok || !("read" in data.value) || told.current === data) return;
    told.current = data;
    const found = data.value.read;
    toast(found ? fill(words.imported, { n: found.length }) : words.unreadable);
  }, [data, fill, words]);
  return (
    <div className="flex flex-wrap gap-2">
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={words.import}
        onChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = "";
          if (file) read(await file.text());
        }}
      />
      <Button size="sm" variant="quiet" icon={<FileUp aria-hidden="true" />} onClick={() => input.current?.click()}>
        {words.import}
      </Button>
      {draft.length > 0 && (
        <Button size="sm" variant="quiet" icon={<FileDown aria-hidden="true" />} onClick={() => download(draft)}>
          {words.export}
        </Button>
      )}
    </div>
  );
}

function download(draft: Draft): void {
  const questions = draft.map(({ order: _order, ...question }) => question);
  const url = URL.createObjectURL(new Blob([JSON.stringify({ questions }, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "questions.json" });
  link.click();
  URL.revokeObjectURL(url);
}
