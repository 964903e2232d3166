import type { RouterContextProvider } from "react-router";
import { z } from "zod";

import { registrations } from "#contract/registrations.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";

const Act = z.object({ intent: z.enum(["accept", "cancel"]) });

/** What a ticket's buttons do. For actions only. */
export function act(context: Readonly<RouterContextProvider>, form: FormData, id: string) {
  return formResult(form, Act, ({ intent }) => call(context, registrations[intent], { params: { id } }));
}
