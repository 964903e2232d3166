import { redirect } from "react-router";

import { type ProviderId, signIn } from "#contract/security.ts";
import { keepStep } from "#web/features/identity/components/provider-cookie.ts";
import { call } from "#web/platform/api.ts";
import { localPath } from "#web/platform/next.ts";
import { refusalOf } from "#web/platform/refusal.ts";

import type { Route } from "./+types/with-page";

/** Leads to a house elsewhere. An address and no form: browsers let no form of ours end on another site. */
export async function loader({ params, request, context }: Route.LoaderArgs) {
  const next = localPath(new URL(request.url).searchParams.get("next"), "");
  const body = next ? { next } : {};
  try {
    const { url, step } = await call(context, signIn.beginProvider, {
      params: { id: params.provider as ProviderId },
      body,
    });
    return redirect(url, { headers: { "Set-Cookie": keepStep(step) } });
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") return redirect("/me/confirm?next=/me/security/accounts");
    if (code === "provider.refused") return redirect("/sign-in?with=refused");
    throw thrown;
  }
}
