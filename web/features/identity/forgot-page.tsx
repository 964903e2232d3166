import { Link } from "react-router";

import { auth, ForgotInput } from "#contract/identity.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/forgot-page";

export function loader({ context }: Route.LoaderArgs) {
  return { words: words(context, ["identity.forgot", "identity.entrance", "mailbox.link"]) };
}

export function action({ request, context }: Route.ActionArgs) {
  return formResult(request, ForgotInput, async (body) => {
    await call(context, auth.forgotPassword, { body });
    return { email: body.email, mailbox: await mailboxFor(context, body.email) };
  });
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => {
  const words = said(loaderData?.words)?.["identity.forgot"];
  return [{ title: `${words?.title} · ${houseOf(matches)}` }, { name: "description", content: words?.description }];
};

export default function ForgotPage({ actionData }: Route.ComponentProps) {
  const words = useWords("identity.forgot");
  const fill = useFill();
  const back = (
    <p className="text-sm">
      <Link to="/sign-in" className="link">
        {words.back}
      </Link>
    </p>
  );
  if (actionData?.ok) {
    const { email, mailbox } = actionData.value;
    return (
      <Entrance title={words.sentTitle} lead={fill(words.sentLead, { email })}>
        <MailboxLink to={mailbox} />
        {back}
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <Field name="email" type="email" label={words.email} autoComplete="username" maxLength={254} required />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      {back}
    </Entrance>
  );
}
