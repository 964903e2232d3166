import { EmailInput, security } from "#contract/security.ts";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/email-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { email } = await confirmed(context, request);
  return { email, words: words(context, ["security.email", "mailbox.link"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, EmailInput, async (body) => {
    await call(context, security.changeEmail, { body });
    return { email: body.email, mailbox: await mailboxFor(context, body.email) };
  });
  if (!result.ok && result.code === "auth.confirm_needed") throw askFirst(request);
  return result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.email"].title} · ${houseOf(matches)}` },
];

export default function EmailPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("security.email");
  const fill = useFill();
  const back = { to: "/me/security", label: words.back };
  if (actionData?.ok) {
    const { email, mailbox } = actionData.value;
    return (
      <NarrowPage>
        <PageHeader title={words.sentTitle} text={fill(words.sentText, { email })} back={back} />
        <MailboxLink to={mailbox} />
      </NarrowPage>
    );
  }
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={back} />
      <Form result={actionData} className="grid gap-5">
        <Field
          name="email"
          type="email"
          label={words.next}
          hint={fill(words.now, { email: loaderData.email })}
          autoComplete="email"
          maxLength={254}
          required
        />
        <SubmitButton className="justify-self-start">{words.submit}</SubmitButton>
      </Form>
    </NarrowPage>
  );
}
