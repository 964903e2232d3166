import type { Question } from "#contract/questions.ts";
import type { Faults } from "#web/features/questions/components/use-builder.ts";
import type { Draft } from "#web/features/questions/state.ts";

/** What a card of the builder shows of a question, and tells of it; its parts take what they need. */
export interface CardProps {
  question: Question;
  index: number;
  earlier: Draft;
  faults: Faults;
  asksParties: boolean;
  isOpen: boolean;
  onToggle: () => void;
  onFold: () => void;
  onChange: (change: Partial<Question>) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}
