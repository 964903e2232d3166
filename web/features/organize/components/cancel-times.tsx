import type { ReactNode } from "react";

import { useFill, useWords } from "#web/platform/words.ts";
import { Confirm } from "#web/ui/dialog.tsx";
import { TextArea } from "#web/ui/field.tsx";

interface Props {
  /** Of the dialog. */
  id: string;
  /** Of its form, for boxes that stand elsewhere. */
  form?: string;
  /** How many times are cancelled; one unless told. */
  times?: number;
  /** How many people hear of it. */
  told: number;
  sends: Record<string, string>;
  result?: unknown;
  children?: ReactNode;
}

/** Asks before times are called off, and what those who are told shall know. */
export function CancelTimes({ id, form, times = 1, told, sends, result, children }: Props) {
  const words = useWords("organize.times");
  const fill = useFill();
  return (
    <Confirm
      id={id}
      danger
      title={fill(words.cancelTitle, { times })}
      text={fill(words.cancelText, { n: told })}
      confirm={fill(words.cancelConfirm, { n: told, times })}
      sends={sends}
      form={{ id: form, result }}
    >
      {children}
      {told > 0 && <TextArea name="reason" label={words.reason} hint={words.reasonHint} maxLength={1000} optional />}
    </Confirm>
  );
}
