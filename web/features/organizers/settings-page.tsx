import { CalendarPlus } from "lucide-react";
import { redirect } from "react-router";

import { OrganizerInput, organizers } from "#contract/organizers.ts";
import { BookingForm, FaceForm, LogoForm } from "#web/features/organizers/components/face-forms.tsx";
import { OrganizerHead } from "#web/features/organizers/components/organizer-head.tsx";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { PictureInput, rawOf } from "#web/platform/picture.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { EmptyState, Notice, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/settings-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const search = new URL(request.url).searchParams;
  const { items } = await call(context, organizers.mine, {});
  return {
    mine: items.map(({ id, name }) => ({ id, name })),
    organizer: items.find(({ id }) => id === search.get("organizer")) ?? items[0],
    site: new URL(pageOf(context).publicUrl).host,
    isDone: search.has("done"),
    words: words(context, ["organizers.settings", "organizers.tabs"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const [intent, id] = [String(form.get("intent")), String(form.get("organizer"))];
  form.delete("intent");
  form.delete("organizer");
  const result = await change(context, { intent, id, form });
  return result.ok ? redirect(`/organize/settings?organizer=${encodeURIComponent(id)}&done`) : { ...result, intent };
}

async function change(
  context: Route.ActionArgs["context"],
  { intent, id, form }: { intent: string; id: string; form: FormData },
) {
  const params = { id };
  if (intent === "no-logo") return { ok: true as const, value: await call(context, organizers.removeLogo, { params }) };
  if (intent === "logo") {
    return formResult(form, PictureInput, async (input) =>
      call(context, organizers.setLogo, { params, body: await rawOf(input) }),
    );
  }
  if (intent === "booking")
    return formResult(form, OrganizerInput, (body) => call(context, organizers.change, { params, body }));
  // Emptied fields are meant: a form leaves nothing out.
  const { bio, website } = Object.fromEntries(form) as Record<string, string>;
  return formResult(form, OrganizerInput, (body) =>
    call(context, organizers.change, {
      params,
      body: { ...body, bio: bio ?? "", website: body.website ?? website ?? "" },
    }),
  );
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["organizers.settings"].pageTitle },
];

export default function SettingsPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("organizers.settings");
  const { mine, organizer, site, isDone } = loaderData;
  if (!organizer) {
    return (
      <>
        <OrganizerHead title={words.title} mine={mine} />
        <EmptyState
          picture={<Hall dots={20} taken={1} className="h-14" />}
          title={words.empty}
          text={words.emptyText}
          action={
            <ButtonLink to="/organize/events/new" variant="primary" icon={<CalendarPlus aria-hidden="true" />}>
              {words.start}
            </ButtonLink>
          }
        />
      </>
    );
  }
  const resultOf = (intent: string) => (actionData?.intent === intent ? actionData : undefined);
  return (
    <div className="max-w-[38rem]">
      <OrganizerHead title={words.title} text={words.lead} mine={mine} />
      {isDone && !actionData && (
        <div className="mb-8">
          <Notice mood="good">{words.saved}</Notice>
        </div>
      )}
      <Section
        id="face"
        title={words.face}
        text={words.faceText}
        action={
          <ButtonLink to={`/${organizer.slug}`} size="sm">
            {words.see}
          </ButtonLink>
        }
      >
        {organizer.role === "member" ? (
          <Notice>{words.onlyAdmins}</Notice>
        ) : (
          <div key={organizer.id} className="grid gap-8">
            <LogoForm key={organizer.logoUrl} organizer={organizer} result={resultOf("logo")} />
            <FaceForm organizer={organizer} site={site} result={resultOf("face")} />
          </div>
        )}
      </Section>
      {organizer.role !== "member" && (
        <Section id="booking" title={words.booking} text={words.bookingText}>
          <BookingForm key={organizer.id} organizer={organizer} result={resultOf("booking")} />
        </Section>
      )}
    </div>
  );
}
