import { UsersRound } from "lucide-react";
import { data, redirect } from "react-router";
import { z } from "zod";

import { type TeamInvited, teamInvitations } from "#contract/teams.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { opened, secretHeaders } from "#web/platform/secret-link.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader, PageMessage } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/invite-page";

export const headers = secretHeaders;

export async function loader({ params, context }: Route.LoaderArgs) {
  const invited = await opened(call(context, teamInvitations.open, { body: { token: params.token } }));
  const title = pageOf(context).say("teams.invite.pageTitle");
  const status = invited ? 200 : 410;
  const said = words(context, ["teams.invite", "teams.roles", "teams.rights"]);
  return data({ invited, title, token: params.token, words: said }, { status });
}

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { token: params.token };
  if (form.get("intent") === "decline")
    return formResult(form, z.object({}), () => call(context, teamInvitations.decline, { body }));
  signedIn(context, request);
  const result = await formResult(form, z.object({}), () => call(context, teamInvitations.accept, { body }));
  if (!result.ok) return result;
  const { event } = result.value;
  return redirect(event ? `/organize/events/${event.id}` : "/organize?joined=1");
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex, nofollow" },
];

export default function InvitePage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("teams.invite");
  const rights = useWords("teams.rights");
  const roles = useWords("teams.roles");
  const fill = useFill();
  const { invited, token } = loaderData;
  if (!invited) return <Gone />;
  const { organizer, event, role, isHandover, status, invitedBy, endsAt } = invited;
  const place = event?.title ?? organizer.name;
  const said = { who: invitedBy, place, organizer: organizer.name, role: roles[role] };
  return (
    <NarrowPage>
      <PageHeader
        over={fill(words.over, said)}
        title={fill(isHandover ? words.handoverTitle : words.title, said)}
        text={event ? fill(words.ofEvent, said) : undefined}
      />
      <dl className="mb-8 grid gap-1 border-y border-line py-5">
        <dt className="font-serif text-xl">{roles[role]}</dt>
        <dd className="text-ink-soft">{rights[role]}</dd>
      </dl>
      <div className="grid gap-5">
        {status === "invited" ? (
          <>
            {isHandover && <Notice mood="warn">{fill(words.handoverText, said)}</Notice>}
            <Answers invited={invited} token={token} result={actionData} />
            <p className="text-center text-sm text-ink-soft">
              {words.until} <Time at={endsAt} zone="UTC" style="date" />
            </p>
          </>
        ) : (
          <Closed invited={invited} />
        )}
      </div>
    </NarrowPage>
  );
}

function Answers({ invited, token, result }: { invited: TeamInvited; token: string; result: unknown }) {
  const words = useWords("teams.invite");
  const fill = useFill();
  const viewer = useViewer();
  const { email, isMine } = invited;
  const next = encodeURIComponent(`/team-invite/${token}`);
  return (
    <>
      {isMine === null && (
        <>
          <p className="text-base">{fill(words.account, { email })}</p>
          <ButtonLink to={`/sign-up?email=${encodeURIComponent(email)}&next=${next}`} variant="primary" size="lg" wide>
            {words.signUp}
          </ButtonLink>
          <ButtonLink to={`/sign-in?next=${next}`} size="lg" wide>
            {words.signIn}
          </ButtonLink>
        </>
      )}
      {isMine === false && <Notice mood="warn">{fill(words.other, { email, mine: viewer?.email ?? "" })}</Notice>}
      <Form result={result} className="grid gap-3">
        {isMine === true && (
          <SubmitButton size="lg" wide name="intent" value="accept">
            {words.accept}
          </SubmitButton>
        )}
        <SubmitButton variant="quiet" wide name="intent" value="decline">
          {words.decline}
        </SubmitButton>
      </Form>
    </>
  );
}

function Closed({ invited: { status, isMine, event } }: { invited: TeamInvited }) {
  const words = useWords("teams.invite");
  const fill = useFill();
  const isIn = status === "accepted" && isMine;
  return (
    <>
      <Notice mood={status === "accepted" ? "good" : "neutral"}>{fill(words.closed, { status })}</Notice>
      {isIn && (
        <ButtonLink to={event ? `/organize/events/${event.id}` : "/organize"} variant="primary" size="lg" wide>
          {words.go}
        </ButtonLink>
      )}
    </>
  );
}

function Gone() {
  const words = useWords("teams.invite");
  return (
    <NarrowPage>
      <PageMessage
        icon={<UsersRound aria-hidden="true" />}
        title={words.goneTitle}
        text={words.goneText}
        action={<ButtonLink to="/">{words.home}</ButtonLink>}
      />
    </NarrowPage>
  );
}
