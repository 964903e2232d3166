import { redirect } from "react-router";

import { type ProviderId, signIn } from "#contract/security.ts";
import { onToSecond } from "#web/features/identity/act.ts";
import { forgetStep, isStepOf } from "#web/features/identity/components/provider-cookie.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { localPath } from "#web/platform/next.ts";
import { refusalOf } from "#web/platform/refusal.ts";

import type { Route } from "./+types/with-done-page";

const said: Record<string, string> = {
  "provider.unverified": "unverified",
  "provider.taken": "taken",
  "provider.refused": "refused",
  "auth.link_invalid": "old",
  "auth.banned": "banned",
};

/** Where a house elsewhere sends people back to. */
export async function loader({ params, request, context }: Route.LoaderArgs) {
  const { searchParams, search } = new URL(request.url);
  const back = pageOf(context).viewer ? "/me/security/accounts" : "/sign-in";
  const headers = { "Set-Cookie": forgetStep };
  if (!isStepOf(request, searchParams.get("state"))) return redirect(`${back}?with=old`, { headers });
  try {
    const input = { params: { id: params.provider as ProviderId }, body: { search: search.slice(1) } };
    const { next } = await call(context, signIn.endProvider, input);
    return redirect(localPath(next, "/me"), { headers });
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    const second = refusal && onToSecond(refusal, "/me");
    if (second) return second;
    const why = refusal && said[refusal.code];
    if (!why) throw thrown;
    return redirect(`${back}?with=${why}`, { headers });
  }
}
