import { RotateCw } from "lucide-react";
import type { ReactNode } from "react";

import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

/** Tries one thing of a list again. */
export function Retry({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Form preventScrollReset>
      <SubmitButton size="sm" variant="secondary" name="id" value={id} icon={<RotateCw aria-hidden="true" />}>
        {children}
      </SubmitButton>
    </Form>
  );
}
