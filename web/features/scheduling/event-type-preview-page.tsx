import { ExternalLink } from "lucide-react";

import { scheduling } from "#contract/scheduling.ts";
import { publicScheduling } from "#contract/scheduling-public.ts";
import { readCalendar } from "#web/features/scheduling/act.ts";
import { useAddress } from "#web/features/scheduling/components/address.ts";
import { BookingView } from "#web/features/scheduling/components/booking-view.tsx";
import { revalidatesCalendar } from "#web/features/scheduling/components/revalidates.ts";
import { call } from "#web/platform/api.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { toneStyle } from "#web/ui/tone.ts";

import type { Route } from "./+types/event-type-preview-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const type = await call(context, scheduling.eventType, { params });
  const { organizerSlug, eventTypeSlug } = type;
  const handed = { type, words: words(context, ["scheduling.preview", "scheduling.book", "scheduling.facts"]) };
  if (!type.isActive) return { ...handed, shown: null };
  const shown = await call(context, publicScheduling.eventType, { params: { organizerSlug, eventTypeSlug } });
  const calendar = await readCalendar(context, request, { organizerSlug, type: shown.eventType });
  return { ...handed, shown: { ...shown, calendar } };
}

export const shouldRevalidate = revalidatesCalendar;

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["scheduling.preview"].pageTitle },
];

/** What a visitor sees, in any zone and as narrow as a phone. Nothing can be booked here. */
export default function EventTypePreviewPage({ loaderData: { type, shown } }: Route.ComponentProps) {
  const words = useWords("scheduling.preview");
  const { all } = useAddress();
  const isNarrow = all.some(([name, value]) => name === "frame" && value === "phone");
  return (
    <>
      <PageHeader
        title={words.title}
        text={words.lead}
        back={{ to: type.mayEdit ? `/event-types/${type.id}/edit` : "/event-types", label: type.name }}
        actions={
          shown && (
            <ButtonLink to={type.url} reloadDocument target="_blank" icon={<ExternalLink aria-hidden="true" />}>
              {words.open}
            </ButtonLink>
          )
        }
      />
      {shown ? (
        <div className="grid gap-6">
          <FilterChips
            name="frame"
            label={words.frame}
            all={words.wide}
            options={[{ value: "phone", label: words.phone }]}
          />
          <div style={toneStyle(type.hue)} className={isNarrow ? "w-full max-w-[24.375rem] justify-self-center" : ""}>
            <BookingView
              organizer={shown.organizer}
              type={shown.eventType}
              calendar={shown.calendar}
              isPart
              isPreview
              form={() => <Notice mood="accent">{words.formHere}</Notice>}
            />
          </div>
        </div>
      ) : (
        <Notice mood="warn">{words.inactive}</Notice>
      )}
    </>
  );
}
