import { redirect } from "react-router";

import { CodeInput, security } from "#contract/security.ts";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { RecoveryCodes } from "#web/features/security/components/recovery-codes.tsx";
import { ScanForm, type Setup } from "#web/features/security/components/scan-form.tsx";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { qrPath } from "#web/platform/qr-path.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/second-factor-page";

type Context = Route.ActionArgs["context"];

export async function loader({ request, context }: Route.LoaderArgs) {
  const { secondFactor } = await confirmed(context, request);
  return { secondFactor, words: words(context, ["security.factor"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  try {
    return await change(context, form);
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") throw askFirst(request);
    // The page was left open while it changed elsewhere.
    if (code === "factor.on" || code === "factor.off") throw redirect("/me/security/second-factor");
    throw thrown;
  }
}

async function change(context: Context, form: FormData) {
  switch (form.get("intent")) {
    case "begin":
      return { setup: await setUp(context), result: undefined };
    case "codes":
      return await call(context, security.newCodes, {});
    case "remove":
      await call(context, security.removeFactor, {});
      throw redirect("/me/security?done=factor");
    default: {
      form.delete("intent");
      const result = await formResult(form, CodeInput, (body) => call(context, security.confirmFactor, { body }));
      return result.ok ? result.value : { setup: await setUp(context), result };
    }
  }
}

async function setUp(context: Context): Promise<Setup> {
  const { uri, secret } = await call(context, security.beginFactor, {});
  return { picture: qrPath(uri), uri, secret: secret.replace(/(.{4})(?=.)/g, "$1 ") };
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.factor"].title} · ${houseOf(matches)}` },
];

export default function SecondFactorPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("security.factor");
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={{ to: "/me/security", label: words.back }} />
      {actionData && "recoveryCodes" in actionData ? (
        <RecoveryCodes codes={actionData.recoveryCodes} />
      ) : actionData && "setup" in actionData ? (
        <ScanForm setup={actionData.setup} result={actionData.result} />
      ) : loaderData.secondFactor ? (
        <Manage codesLeft={loaderData.secondFactor.codesLeft} />
      ) : (
        <Form>
          <SubmitButton name="intent" value="begin">
            {words.begin}
          </SubmitButton>
        </Form>
      )}
    </NarrowPage>
  );
}

function Manage({ codesLeft }: { codesLeft: number }) {
  const words = useWords("security.factor");
  const fill = useFill();
  return (
    <div className="grid gap-8">
      <p>{words.onText}</p>
      <Form className="grid justify-items-start gap-2">
        <p className="text-sm text-ink-soft">
          {fill(words.left, { n: codesLeft })} {words.newText}
        </p>
        <SubmitButton variant="secondary" name="intent" value="codes">
          {words.newCodes}
        </SubmitButton>
      </Form>
      <div>
        <OpenDialog dialog="off" variant="danger">
          {words.off}
        </OpenDialog>
        <Confirm
          id="off"
          title={words.offTitle}
          text={words.offText}
          confirm={words.off}
          danger
          sends={{ intent: "remove" }}
        />
      </div>
    </div>
  );
}
