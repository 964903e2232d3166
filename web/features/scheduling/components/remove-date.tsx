import { X } from "lucide-react";

import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hidden } from "#web/ui/hidden.tsx";

interface Props {
  intent: string;
  sends: Record<string, string>;
  /** As the list has it. */
  date: string;
}

/** Takes one entry out of a list of dates. */
export function RemoveDate({ intent, sends, date }: Props) {
  const words = useWords("scheduling.hours");
  const fill = useFill();
  return (
    <Form preventScrollReset>
      <Hidden values={sends} />
      <SubmitButton
        name="intent"
        value={intent}
        size="sm"
        variant="quiet"
        aria-label={fill(words.removeDate, { date })}
      >
        <X aria-hidden="true" />
      </SubmitButton>
    </Form>
  );
}
