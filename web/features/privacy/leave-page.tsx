import { redirect } from "react-router";
import { me } from "#contract/identity.ts";
import { type Bound, LeaveInput, privacy } from "#contract/privacy.ts";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { call } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/leave-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  await confirmed(context, request);
  const [leaving, { timeZone }] = await Promise.all([call(context, privacy.leaving, {}), call(context, me.get, {})]);
  return { ...leaving, zone: timeZone, words: words(context, ["privacy.leave"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const result = await formResult(request, LeaveInput, (body) => call(context, privacy.leave, { body }));
  if (!result.ok && result.code === "auth.confirm_needed") throw askFirst(request);
  return result.ok ? redirect("/forget?left") : result;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["privacy.leave"].title} · ${houseOf(matches)}` },
];

export default function LeavePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("privacy.leave");
  const fill = useFill();
  const { email, bound, places, zone } = loaderData;
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.lead} back={{ to: "/me/data", label: words.back }} />
      {bound.length > 0 ? (
        <StillBound bound={bound} zone={zone} />
      ) : (
        <>
          <h2 className="mb-3 text-lg!">{words.what}</h2>
          <ul className="mb-8 grid list-disc gap-2 ps-5">
            <li>{words.name}</li>
            <li>{fill(words.places, { n: places })}</li>
            <li>{words.words}</li>
            <li>{words.events}</li>
          </ul>
          <Form result={actionData} className="grid gap-5">
            <Field
              name="confirm"
              type="email"
              label={words.confirm}
              hint={email}
              problem={actionData && !actionData.ok && actionData.fields.confirm ? words.confirmWrong : undefined}
              autoComplete="off"
              maxLength={254}
              required
            />
            <SubmitButton className="justify-self-start bg-bad! text-paper!">{words.submit}</SubmitButton>
          </Form>
        </>
      )}
    </NarrowPage>
  );
}

/** What would be left without anybody who runs it, each with the page where that is changed. */
function StillBound({ bound, zone }: { bound: readonly Bound[]; zone: string }) {
  const words = useWords("privacy.leave");
  const fill = useFill();
  return (
    <>
      <div className="mb-6">
        <Notice
          mood="warn"
          title={words.boundTitle}
          action={<ButtonLink to="/organize/team">{words.boundTeam}</ButtonLink>}
        >
          {words.boundText}
        </Notice>
      </div>
      <ul aria-label={words.bound} className="grid">
        {bound.map(({ gatheringId, kind, sourceId, title, organizer, startTime, moreTimes }) => (
          <li key={gatheringId} className="border-b border-line py-4 first:pt-0">
            <p className="font-medium wrap-anywhere">
              {kind === "booking" ? (
                title
              ) : (
                <a href={`/organize/events/${sourceId}`} className="link">
                  {title}
                </a>
              )}
            </p>
            <p className="text-sm text-ink-soft">
              {organizer}, <Time at={startTime} zone={zone} />
              {moreTimes > 0 && fill(words.moreTimes, { n: moreTimes })}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
