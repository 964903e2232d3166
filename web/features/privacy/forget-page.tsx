import { ForgetInput, ForgetToken, privacy } from "#contract/privacy.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/forget-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  return {
    token: searchParams.get("token") ?? "",
    hasLeft: searchParams.has("left"),
    words: words(context, ["privacy.forget", "privacy.left", "identity.entrance", "mailbox.link"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.has("token")) {
    const result = await formResult(form, ForgetToken, (body) => call(context, privacy.forget, { body }));
    return { ...result, isToken: true as const };
  }
  const result = await formResult(form, ForgetInput, async (body) => {
    await call(context, privacy.askToForget, { body });
    return { email: body.email, mailbox: await mailboxFor(context, body.email) };
  });
  return { ...result, isToken: false as const };
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["privacy.forget"].title} · ${houseOf(matches)}` },
  { name: "description", content: said(loaderData?.words)?.["privacy.forget"].description },
  { name: "robots", content: "noindex" },
];

export default function ForgetPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("privacy.forget");
  const left = useWords("privacy.left");
  const fill = useFill();
  const { token, hasLeft } = loaderData;
  if (hasLeft) return <Over title={left.title} lead={left.lead} to="/" label={left.home} />;
  if (actionData?.isToken) {
    return actionData.ok ? (
      <Over title={words.doneTitle} lead={words.doneLead} to="/" label={words.home} />
    ) : (
      <Over title={words.oldTitle} lead={words.oldLead} to="/forget" label={words.again} />
    );
  }
  if (actionData?.ok) {
    const { email, mailbox } = actionData.value;
    return (
      <Entrance title={words.sentTitle} lead={fill(words.sentLead, { email })}>
        <MailboxLink to={mailbox} />
      </Entrance>
    );
  }
  if (token) {
    return (
      <Entrance title={words.useTitle} lead={words.useLead}>
        {/* A button and no more: mail programs follow links on their own, and must not use this one up. */}
        <Form>
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" wide className="bg-bad! text-paper!">
            {words.use}
          </SubmitButton>
        </Form>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <Field name="email" type="email" label={words.email} autoComplete="email" maxLength={254} required />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}

function Over({ title, lead, to, label }: { title: string; lead: string; to: string; label: string }) {
  return (
    <Entrance title={title} lead={lead}>
      <ButtonLink to={to} variant="primary" size="lg" wide>
        {label}
      </ButtonLink>
    </Entrance>
  );
}
