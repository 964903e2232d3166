import { Link, redirect } from "react-router";

import { auth, VerifyCode, VerifyLink } from "#contract/identity.ts";
import { CodeForm } from "#web/features/identity/components/code-form.tsx";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { readWaiting, type Waiting } from "#web/features/identity/components/verify-cookie.ts";
import { mailboxFor } from "#web/features/mailbox/act.ts";
import { MailboxLink } from "#web/features/mailbox/components/mailbox-link.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { localPath } from "#web/platform/next.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/verify-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const waiting = token ? null : readWaiting(request);
  return {
    token,
    waiting,
    mailbox: waiting && (await mailboxFor(context, waiting.email)),
    words: words(context, ["identity.verify", "identity.sent", "identity.entrance", "mailbox.link"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const next = localPath(form.get("next"), "/me");
  form.delete("next");
  const schema = form.has("token") ? VerifyLink : VerifyCode;
  const result = await formResult(form, schema, (body) => call(context, auth.verify, { body }));
  return result.ok ? redirect(localPath(result.value.next, next)) : result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.verify"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function VerifyPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.verify");
  const { token, waiting, mailbox } = loaderData;
  if (waiting) return <Sent waiting={waiting} mailbox={mailbox} result={actionData} />;
  if (!token) {
    return (
      <Entrance title={words.title} lead={words.codeLead}>
        <CodeForm email={actionData?.typed.email} result={actionData} />
      </Entrance>
    );
  }
  if (actionData) {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <ButtonLink to="/sign-in" variant="primary" size="lg" wide>
          {words.signIn}
        </ButtonLink>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      {/* A button and no more: mail programs follow links on their own, and must not use this one up. */}
      <Form>
        <input type="hidden" name="token" value={token} />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}

interface SentProps {
  waiting: Waiting;
  mailbox: string | null;
  result: Route.ComponentProps["actionData"];
}

/** Right after signing up or in: the letter is on its way, and its code may be typed here. */
function Sent({ waiting: { email, next, from }, mailbox, result }: SentProps) {
  const words = useWords("identity.sent");
  const fill = useFill();
  return (
    <Entrance title={words[from]} lead={fill(words[`${from}Lead`], { email })}>
      <MailboxLink to={mailbox} />
      <CodeForm email={email} next={next} result={result} />
      <p className="text-sm text-ink-soft">
        {words.nothing}{" "}
        <Link to={next ? `/sign-up?next=${encodeURIComponent(next)}` : "/sign-up"} className="link">
          {words.again}
        </Link>
      </p>
    </Entrance>
  );
}
