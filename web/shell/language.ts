import { redirect } from "react-router";

import { me } from "#contract/identity.ts";
import { languageCookie } from "#contract/page.ts";
import { findSpoken, languageParameter } from "#domain/language/choose.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { localPath } from "#web/platform/next.ts";

import type { Route } from "./+types/language";

const yearSeconds = 365 * 24 * 60 * 60;

/** Keeps the chosen language, for this device and for one's letters, and goes back to where it was chosen. */
export async function action({ request, context }: Route.ActionArgs) {
  const { locales, viewer } = pageOf(context);
  const form = await request.formData();
  const back = withoutLanguage(localPath(form.get("back"), "/"));
  const locale = findSpoken(locales, String(form.get("language")));
  if (!locale) return redirect(back);
  if (viewer) await call(context, me.change, { body: { locale } });
  return redirect(back, {
    headers: { "Set-Cookie": `${languageCookie}=${locale}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax` },
  });
}

/** Else the address would go on deciding. */
function withoutLanguage(path: string): string {
  const [before = "/", query] = path.split("?");
  const search = new URLSearchParams(query);
  search.delete(languageParameter);
  return search.size > 0 ? `${before}?${search}` : before;
}

export const loader = () => redirect("/");
