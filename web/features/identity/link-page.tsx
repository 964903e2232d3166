import { Link, redirect } from "react-router";

import { MagicInput, signIn, TokenInput } from "#contract/security.ts";
import { onToSecond } from "#web/features/identity/act.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath, nextOf } from "#web/platform/next.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/link-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  return {
    token: searchParams.get("token") ?? "",
    next: nextOf(request),
    words: words(context, ["identity.link", "identity.entrance", "mailbox.link"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.has("token")) {
    const used = await formResult(form, TokenInput, (body) => call(context, signIn.useLink, { body }));
    return used.ok ? redirect(localPath(used.value.next, "/me")) : (onToSecond(used, "/me") ?? used);
  }
  return formResult(form, MagicInput, async (body) => {
    await call(context, signIn.askLink, { body });
    return { email: body.email, mailbox: await mailboxFor(context, body.email) };
  });
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  const words = said(loaderData?.words)?.["identity.link"];
  return [{ title: `${words?.title} · ${houseOf(matches)}` }, { name: "description", content: words?.description }];
};

export default function LinkPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.link");
  const fill = useFill();
  const { token, next } = loaderData;
  if (actionData?.ok) {
    const { email, mailbox } = actionData.value;
    return (
      <Entrance title={words.sentTitle} lead={fill(words.sentLead, { email })}>
        <MailboxLink to={mailbox} />
        <Back />
      </Entrance>
    );
  }
  if (!token) {
    return (
      <Entrance title={words.title} lead={words.lead}>
        <Form result={actionData} className="grid gap-5">
          <input type="hidden" name="next" value={next} />
          <Field name="email" type="email" label={words.email} autoComplete="username" maxLength={254} required />
          <SubmitButton size="lg" wide>
            {words.submit}
          </SubmitButton>
        </Form>
        <Back />
      </Entrance>
    );
  }
  if (actionData) {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <ButtonLink to="/sign-in/link" variant="primary" size="lg" wide>
          {words.again}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.useTitle} lead={words.useLead}>
      {/* A button and no more: mail programs follow links on their own, and must not use this one up. */}
      <Form>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="lg" wide>
          {words.use}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}

function Back() {
  const words = useWords("identity.link");
  return (
    <p className="text-sm">
      <Link to="/sign-in" className="link">
        {words.back}
      </Link>
    </p>
  );
}
