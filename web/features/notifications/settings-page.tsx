import { redirect } from "react-router";

import { notifications, WishesInput } from "#contract/notifications.ts";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { WishesTable } from "#web/features/notifications/components/wishes-table.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/settings-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  return {
    ...(await call(context, notifications.preferences, {})),
    isSaved: new URL(request.url).searchParams.has("done"),
    title: pageOf(context).say("notifications.settings.pageTitle"),
    words: words(context, ["notifications.settings", "notifications.topics", "identity.settings"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, WishesInput, (body) => call(context, notifications.prefer, { body }));
  return result.ok ? redirect("/me/notifications?done") : result;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function NotificationSettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("notifications.settings");
  return (
    <NarrowPage>
      <SettingsHeader />
      {loaderData.isSaved && !actionData && (
        <div className="mb-8">
          <Notice mood="good">{words.saved}</Notice>
        </div>
      )}
      <Section id="notifications" title={words.title} text={words.lead}>
        <Form result={actionData} className="grid justify-items-start gap-6">
          <WishesTable wishes={loaderData.wishes} fixed={loaderData.fixed} />
          <SubmitButton>{words.save}</SubmitButton>
        </Form>
      </Section>
    </NarrowPage>
  );
}
