import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ChevronDown, CircleAlert, Copy, GripVertical, LockKeyhole, Trash2 } from "lucide-react";

import type { Question } from "#contract/questions.ts";
import type { CardProps } from "#web/features/questions/components/card.ts";
import { CardFields } from "#web/features/questions/components/card-fields.tsx";
import { useFill, useWords } from "#web/platform/words.ts";
import { IconButton } from "#web/ui/button.tsx";

/** One question of a list: a line to move and open it by, and all its fields while it is open. */
export function QuestionCard({
  question,
  isOpen,
  faults,
  onToggle,
  onFold,
  onDuplicate,
  onRemove,
  ...rest
}: CardProps) {
  const words = useWords("questions.builder");
  const fill = useFill();
  const { id } = question;
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  const named = { question: question.questionText || words.nameless };
  const hasFaults = Object.keys(faults).length > 0;
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={`rounded-panel border bg-surface ${isDragging ? "relative z-20 shadow-lg" : ""} ${hasFaults ? "border-bad/50" : "border-line"}`}
    >
      <div className="flex items-center gap-1 p-2">
        <button
          type="button"
          ref={setActivatorNodeRef}
          {...attributes}
          {...listeners}
          // What is open is too tall to be moved past others: a press folds its own, a focus by keyboard whichever it is.
          onPointerDownCapture={() => isOpen && onFold()}
          onFocus={({ currentTarget }) => currentTarget.matches(":focus-visible") && onFold()}
          aria-label={fill(words.move, named)}
          className="grid size-10 shrink-0 cursor-grab touch-none place-items-center rounded-control text-ink-soft hover:bg-ink/7 hover:text-ink active:cursor-grabbing pointer-coarse:size-11"
        >
          <GripVertical aria-hidden="true" className="size-5" />
        </button>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={`fields-${id}`}
          aria-label={fill(words.edit, named)}
          onClick={onToggle}
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2 rounded-control px-2 py-1 text-start hover:bg-ink/5"
        >
          <span className="grid min-w-0 flex-1">
            <span className={`truncate font-medium ${question.questionText ? "" : "text-ink-soft"}`}>
              {named.question}
            </span>
            <Marks question={question} hasFaults={hasFaults} />
          </span>
          <ChevronDown
            aria-hidden="true"
            className={`size-4.5 shrink-0 text-ink-soft transition-transform ${isOpen ? "rotate-180" : ""}`}
          />
        </button>
        <IconButton label={fill(words.duplicate, named)} onClick={onDuplicate}>
          <Copy aria-hidden="true" />
        </IconButton>
        <IconButton label={fill(words.remove, named)} onClick={onRemove}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
      <div id={`fields-${id}`} hidden={!isOpen}>
        {isOpen && <CardFields question={question} faults={faults} {...rest} />}
      </div>
    </li>
  );
}

function Marks({ question, hasFaults }: { question: Question; hasFaults: boolean }) {
  const words = useWords("questions.builder");
  const marks = [
    words.kinds[question.questionType],
    ...(question.isRequired ? [words.needed] : []),
    ...(question.conditions ? [words.conditional] : []),
  ];
  return (
    <span className="flex items-center gap-1.5 text-xs text-ink-soft">
      {hasFaults && <CircleAlert aria-hidden="true" className="size-3.5 shrink-0 text-bad" />}
      <span className="truncate">{marks.join(" · ")}</span>
      {question.isSensitive && <LockKeyhole role="img" aria-label={words.sensitive} className="size-3.5 shrink-0" />}
    </span>
  );
}
