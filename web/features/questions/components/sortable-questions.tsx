import {
  type Announcements,
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { type ReactNode, useId, useRef } from "react";

import type { Draft } from "#web/features/questions/state.ts";
import { useFill, useWords } from "#web/platform/words.ts";

interface Props {
  draft: Draft;
  onMove: (id: string, overId: string) => void;
  children: ReactNode;
}

/** A list whose entries are moved by pointer, by finger and by keyboard; what happens is said aloud. */
export function SortableQuestions({ draft, onMove, children }: Props) {
  const words = useWords("questions.builder");
  const id = useId();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  return (
    <DndContext
      // Numbered by itself it would be another on the server.
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={{
        announcements: useAnnouncements(draft),
        screenReaderInstructions: { draggable: words.instructions },
      }}
      onDragEnd={({ active, over }) => {
        if (over && over.id !== active.id) onMove(String(active.id), String(over.id));
      }}
    >
      <SortableContext items={draft.map((question) => question.id)} strategy={verticalListSortingStrategy}>
        <ol className="grid gap-3">{children}</ol>
      </SortableContext>
    </DndContext>
  );
}

function useAnnouncements(draft: Draft): Announcements {
  const words = useWords("questions.builder");
  const fill = useFill();
  const values = (id: UniqueIdentifier, overId: UniqueIdentifier = id) => ({
    question: draft.find((one) => one.id === id)?.questionText || words.nameless,
    place: draft.findIndex((one) => one.id === overId) + 1,
    n: draft.length,
  });
  const hasMoved = useRef(false);
  return {
    onDragStart({ active }) {
      hasMoved.current = false;
      return fill(words.lifted, values(active.id));
    },
    onDragOver({ active, over }) {
      // As soon as it is lifted it is over its own place, which is no news.
      hasMoved.current ||= over !== null && over.id !== active.id;
      return over && hasMoved.current ? fill(words.over, values(active.id, over.id)) : undefined;
    },
    onDragEnd: ({ active, over }) => fill(words.dropped, values(active.id, over?.id)),
    onDragCancel: ({ active }) => fill(words.cancelled, values(active.id)),
  };
}
