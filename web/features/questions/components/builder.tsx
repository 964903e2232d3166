import { Plus } from "lucide-react";
import { useMemo, useState } from "react";

import type { QuestionList } from "#contract/questions.ts";
import { Exchange } from "#web/features/questions/components/exchange.tsx";
import { QuestionCard } from "#web/features/questions/components/question-card.tsx";
import QuestionFields from "#web/features/questions/components/question-fields.tsx";
import { SaveBar } from "#web/features/questions/components/save-bar.tsx";
import { SortableQuestions } from "#web/features/questions/components/sortable-questions.tsx";
import { useBuilder } from "#web/features/questions/components/use-builder.ts";
import { blank, changed, type Draft, duplicated, moved, restored, without } from "#web/features/questions/state.ts";
import { newId } from "#web/platform/id.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { EmptyState } from "#web/ui/surface.tsx";
import { toast } from "#web/ui/toast.tsx";

interface Props {
  list: QuestionList;
  /** Several people may come together, and some things are asked once of all. */
  asksParties?: boolean;
}

/** A list of questions to be written, ordered, tried and saved. */
export function Builder({ list, asksParties = false }: Props) {
  const words = useWords("questions.builder");
  const fill = useFill();
  const builder = useBuilder(list);
  const { draft, setDraft, faults } = builder;
  const [openId, setOpenId] = useState<string | null>(null);
  const add = () => {
    const id = newId();
    setDraft([...draft, blank(id)]);
    setOpenId(id);
  };
  const remove = (id: string) => {
    const at = draft.findIndex((question) => question.id === id);
    const question = draft[at];
    if (!question) return;
    setDraft(without(draft, id));
    const said = fill(words.removed, { question: question.questionText || words.nameless });
    toast(said, { undo: () => setDraft((now) => restored(now, question, at)) });
  };
  const copy = (id: string) => {
    const copyId = newId();
    setDraft(duplicated(draft, id, copyId));
    setOpenId(copyId);
  };
  const adding = (
    <Button variant={draft.length === 0 ? "primary" : "secondary"} onClick={add} icon={<Plus aria-hidden="true" />}>
      {words.add}
    </Button>
  );
  return (
    <div className={draft.length > 0 ? "lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start lg:gap-10" : ""}>
      <div className="grid min-w-0 gap-5">
        <noscript>
          <p className="text-sm text-ink-soft">{words.needsScript}</p>
        </noscript>
        <SaveBar builder={builder} />
        {draft.length === 0 && (
          <EmptyState
            picture={<Hall dots={24} taken={0} className="h-14" />}
            title={words.empty}
            text={words.emptyText}
            action={
              <div className="flex flex-wrap items-center justify-center gap-3">
                {adding}
                <Exchange draft={draft} builder={builder} />
              </div>
            }
          />
        )}
        <SortableQuestions draft={draft} onMove={(id, overId) => setDraft(moved(draft, id, overId))}>
          {draft.map((question, index) => (
            <QuestionCard
              key={question.id}
              {...{ question, index, asksParties }}
              earlier={draft.slice(0, index)}
              faults={faults.get(question.id) ?? {}}
              isOpen={question.id === openId}
              onToggle={() => setOpenId(question.id === openId ? null : question.id)}
              onFold={() => setOpenId(null)}
              onChange={(change) => setDraft((now) => changed(now, question.id, change))}
              onDuplicate={() => copy(question.id)}
              onRemove={() => remove(question.id)}
            />
          ))}
        </SortableQuestions>
        {draft.length > 0 && (
          <div className="flex flex-wrap justify-between gap-3">
            {adding}
            <Exchange draft={draft} builder={builder} />
          </div>
        )}
      </div>
      {draft.length > 0 && <Preview draft={draft} />}
    </div>
  );
}

function Preview({ draft }: { draft: Draft }) {
  const words = useWords("questions.builder");
  const shown = useMemo(
    () => draft.map((question) => ({ ...question, questionText: question.questionText || words.nameless })),
    [draft, words],
  );
  return (
    <aside
      aria-labelledby="preview"
      className="rounded-panel border border-line bg-surface p-5 max-lg:mt-10 lg:sticky lg:top-8 lg:max-h-[calc(100dvh-4rem)] lg:overflow-y-auto"
    >
      <h2 id="preview" className="mb-1 text-lg!">
        {words.preview}
      </h2>
      <p className="mb-5 text-sm text-ink-soft">{words.previewText}</p>
      <form onSubmit={(sent) => sent.preventDefault()} noValidate>
        <QuestionFields questions={shown} name="preview" />
      </form>
    </aside>
  );
}
