import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useFetcher } from "react-router";

import type { Question, QuestionList } from "#contract/questions.ts";
import { refusalsOf } from "#domain/questions/definition.ts";
import type { Built } from "#web/features/questions/act.ts";
import { type Draft, joined } from "#web/features/questions/state.ts";
import type { FormFailure, FormResult } from "#web/platform/form.ts";
import { newId } from "#web/platform/id.ts";
import { useWords } from "#web/platform/words.ts";

/** What is wrong with the fields of one question, by their names. */
export type Faults = Readonly<Record<string, string>>;

/** A list that is written, saved and read from files; what is not saved is not lost without a word. */
export function useBuilder(list: QuestionList) {
  const [draft, setDraft] = useState<Draft>(list.questions);
  const [base, setBase] = useState(list);
  const { submit, state, data } = useFetcher<FormResult<Built>>();
  const sent = useRef<Draft>([]);
  const [failure, setFailure] = useState<FormFailure | null>(null);
  const isDirty = draft !== base.questions;

  const save = useCallback(
    (version: number) => {
      sent.current = draft;
      const questions = JSON.stringify(draft.map(({ order: _order, ...question }) => question));
      submit({ intent: "save", version, questions }, { method: "post" });
    },
    [draft, submit],
  );
  const read = useCallback((text: string) => submit({ intent: "read", questions: text }, { method: "post" }), [submit]);

  useEffect(() => {
    if (!data) return;
    setFailure(data.ok ? null : data);
    if (!data.ok) return;
    if ("list" in data.value) {
      const { list: saved } = data.value;
      setBase(saved);
      // What was typed while it was on its way stays.
      setDraft((now) => (now === sent.current ? saved.questions : now));
    } else if (data.value.read) {
      const others = data.value.read;
      setDraft((now) => joined(now, others, newId));
    }
  }, [data]);

  const take = useCallback((theirs: QuestionList) => {
    setBase(theirs);
    setDraft(theirs.questions);
    setFailure(null);
  }, []);
  const faults = useFaults(draft, failure, sent.current);
  // What was refused may have been mended since.
  const isRefused = failure !== null && (draft === sent.current || faults.size > 0);
  return {
    draft,
    setDraft,
    base,
    isDirty,
    save,
    read,
    take,
    failure,
    isRefused,
    faults,
    isSaving: state !== "idle",
    data,
  };
}

/** What can be seen to be wrong while it is written, and what the house found when it was to be saved. */
function useFaults(draft: Draft, failure: FormFailure | null, sent: Draft): ReadonlyMap<string, Faults> {
  const refusals = useWords("questions.refusals");
  const problems = useWords("ui.problem");
  return useMemo(() => {
    const found = new Map<string, Record<string, string>>();
    const note = (question: Question | undefined, at: string, says: string) => {
      if (question) found.set(question.id, { ...found.get(question.id), [at]: says });
    };
    for (const { index, at, code } of refusalsOf(draft, () => true)) {
      // Nobody has written them yet.
      if (code !== "options_required") note(draft[index], at, refusals[code]);
    }
    for (const [field, { code, says }] of Object.entries(failure?.fields ?? {})) {
      const [, index = "", at = ""] = /^questions\.(\d+)\.(.+)$/.exec(field) ?? [];
      const question = sent[Number(index)];
      // Changed since: it may be mended.
      if (!question || !draft.includes(question)) continue;
      const known = refusals[code as keyof typeof refusals];
      note(question, at, known ?? (says || problems.other));
    }
    return found;
  }, [draft, failure, sent, refusals, problems]);
}
