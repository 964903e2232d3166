import { redirect } from "react-router";

import { devices } from "#contract/devices.ts";
import { me } from "#contract/identity.ts";
import { notifications, WishesInput } from "#contract/notifications.ts";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { Devices } from "#web/features/notifications/components/devices.tsx";
import { RingHere } from "#web/features/notifications/components/ring-here.tsx";
import { WishesTable } from "#web/features/notifications/components/wishes-table.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/settings-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const [preferences, rung, { timeZone }] = await Promise.all([
    call(context, notifications.preferences, {}),
    call(context, devices.list, {}),
    call(context, me.get, {}),
  ]);
  return {
    ...preferences,
    devices: rung.items,
    publicKey: rung.publicKey,
    zone: timeZone,
    isSaved: new URL(request.url).searchParams.has("done"),
    title: pageOf(context).say("notifications.settings.pageTitle"),
    words: words(context, [
      "notifications.settings",
      "notifications.topics",
      "notifications.devices",
      "identity.settings",
    ]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  if (form.has("device")) return changeDevice(context, form);
  const result = await formResult(form, WishesInput, (body) => call(context, notifications.prefer, { body }));
  return result.ok ? redirect("/me/notifications?done") : result;
}

/** One that is gone meanwhile needs no more. */
async function changeDevice(context: Route.ActionArgs["context"], form: FormData) {
  const params = { id: String(form.get("device")) };
  const intent = form.get("intent");
  const act =
    intent === "remove"
      ? call(context, devices.remove, { params })
      : call(context, devices.change, { params, body: { showsTitles: intent === "show" } });
  await act.catch((thrown: unknown) => {
    if (refusalOf(thrown)?.code !== "device.not_found") throw thrown;
  });
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function NotificationSettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("notifications.settings");
  const rings = useWords("notifications.devices");
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
      <Section id="devices" title={rings.title} text={rings.lead}>
        <div className="grid gap-6">
          <Devices items={loaderData.devices} zone={loaderData.zone} />
          {!loaderData.devices.some(({ isHere }) => isHere) && <RingHere publicKey={loaderData.publicKey} />}
        </div>
      </Section>
    </NarrowPage>
  );
}
