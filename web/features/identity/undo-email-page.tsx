import { signIn, TokenInput } from "#contract/security.ts";
import { Entrance } from "#web/features/identity/components/entrance.tsx";
import { tokenIn } from "#web/features/identity/components/token.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

import type { Route } from "./+types/undo-email-page";

export function loader({ request, context }: Route.LoaderArgs) {
  const token = tokenIn(request, "/forgot");
  return { token, words: words(context, ["identity.undoEmail", "identity.entrance"]) };
}

export function action({ request, context }: Route.ActionArgs) {
  return formResult(request, TokenInput, (body) => call(context, signIn.undoEmail, { body }));
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.undoEmail"].title} · ${houseOf(matches)}` },
  { name: "robots", content: "noindex" },
];

export default function UndoEmailPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("identity.undoEmail");
  if (actionData?.ok) {
    return (
      <Entrance title={words.doneTitle} lead={words.doneLead}>
        <Next to={`/reset?token=${actionData.value.token}`}>{words.password}</Next>
      </Entrance>
    );
  }
  if (actionData?.code === "auth.link_invalid") {
    return (
      <Entrance title={words.oldTitle} lead={words.oldLead}>
        <Next to="/forgot">{words.forgot}</Next>
      </Entrance>
    );
  }
  if (actionData?.code === "auth.address_taken") {
    return (
      <Entrance title={words.takenTitle} lead={words.takenLead}>
        <Next to="/sign-in?next=/me/security/email">{words.signIn}</Next>
      </Entrance>
    );
  }
  return (
    <Entrance title={words.title} lead={words.lead}>
      {/* A button and no more: mail programs follow links on their own. */}
      <Form result={actionData}>
        <input type="hidden" name="token" value={loaderData.token} />
        <SubmitButton size="lg" wide>
          {words.submit}
        </SubmitButton>
      </Form>
    </Entrance>
  );
}

function Next({ to, children }: { to: string; children: string }) {
  return (
    <ButtonLink to={to} variant="primary" size="lg" wide>
      {children}
    </ButtonLink>
  );
}
