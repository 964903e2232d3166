import { createContext, useContext } from "react";

import type { FormFailure } from "#web/platform/form.ts";

/** What the fields and buttons of a form know of it. */
export interface FormState {
  failure: FormFailure | undefined;
  /** Is the form on its way, and by this button? */
  isSending: (name?: string, value?: unknown) => boolean;
}

export const FormStateContext = createContext<FormState>({ failure: undefined, isSending: () => false });

export const useFormState = () => useContext(FormStateContext);
