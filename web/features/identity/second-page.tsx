import { redirect } from "react-router";

import { CodeInput, signIn } from "#contract/security.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { forgetHalfway, readHalfway } from "#web/features/identity/components/second-cookie.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath } from "#web/platform/next.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/second-page";

export function loader({ request, context }: Route.LoaderArgs) {
  if (!readHalfway(request)) throw redirect("/sign-in");
  return { words: words(context, ["identity.second", "identity.entrance"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const kept = readHalfway(request);
  if (!kept) return redirect("/sign-in");
  const result = await formResult(request, CodeInput, ({ code }) =>
    call(context, signIn.second, { query: {}, body: { step: kept.step, code } }),
  );
  if (!result.ok) return { ...result, typed: {} };
  const next = localPath(result.value.next ?? kept.next, "/me");
  return redirect(next, { headers: { "Set-Cookie": forgetHalfway } });
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.second"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function SecondPage({ actionData }: Route.ComponentProps) {
  const words = useWords("identity.second");
  if (actionData?.code === "auth.link_invalid") {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <ButtonLink to="/sign-in" variant="primary" size="lg" wide>
          {words.again}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <Field
          name="code"
          label={words.code}
          autoComplete="one-time-code"
          autoCapitalize="off"
          spellCheck={false}
          minLength={6}
          maxLength={20}
          required
          className="[&_input]:text-lg [&_input]:tracking-[0.15em] [&_input]:tabular-nums"
        />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      <p className="text-sm text-ink-soft">{words.lost}</p>
    </Entrance>
  );
}
