import { Link, redirect } from "react-router";

import { auth, RegisterInput } from "#contract/identity.ts";
import { CodeForm } from "#web/features/identity/components/code-form.tsx";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { PasswordField } from "#web/features/identity/components/password-field.tsx";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { localPath } from "#web/platform/next.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { useReaderZone } from "#web/ui/time.tsx";

import type { Route } from "./+types/sign-up-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const next = localPath(new URL(request.url).searchParams.get("next"), "");
  if (pageOf(context).viewer) throw redirect(next || "/me");
  return {
    next,
    words: words(context, [
      "identity.signUp",
      "identity.entrance",
      "identity.password",
      "identity.verify",
      "mailbox.link",
    ]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, RegisterInput, async (body) => {
    await call(context, auth.register, { body });
    return { email: body.email, mailbox: await mailboxFor(context, body.email) };
  });
  return result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => {
  const words = loaderData?.words["identity.signUp"];
  return [{ title: `${words?.title} · Plenary` }, { name: "description", content: words?.description }];
};

export default function SignUpPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.signUp");
  const fill = useFill();
  const zone = useReaderZone();
  if (actionData?.ok) {
    const { email, mailbox } = actionData.value;
    return (
      <Entrance title={words.sentTitle} lead={fill(words.sentLead, { email })}>
        <MailboxLink to={mailbox} />
        <CodeForm email={email} next={loaderData.next} />
        <p className="text-sm text-ink-soft">
          {words.nothing}{" "}
          <Link to={toSignUp(loaderData.next)} reloadDocument className="link">
            {words.again}
          </Link>
        </p>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      <Form result={actionData} className="grid gap-5">
        <input type="hidden" name="next" value={loaderData.next} />
        {/* Times are shown in the zone where somebody signed up, until they say otherwise. */}
        <input type="hidden" name="timeZone" value={zone ?? ""} />
        <Field name="name" label={words.name} hint={words.nameHint} autoComplete="name" maxLength={120} required />
        <Field name="email" type="email" label={words.email} autoComplete="username" maxLength={254} required />
        <PasswordField
          name="password"
          label={words.password}
          hint={words.passwordHint}
          autoComplete="new-password"
          minLength={8}
          maxLength={200}
          required
        />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
      <p className="text-sm text-ink-soft">
        {words.have}{" "}
        <Link
          to={loaderData.next ? `/sign-in?next=${encodeURIComponent(loaderData.next)}` : "/sign-in"}
          className="link"
        >
          {words.signIn}
        </Link>
      </p>
    </Entrance>
  );
}

const toSignUp = (next: string) => (next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up");
