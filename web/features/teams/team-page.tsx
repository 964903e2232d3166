import { KeyRound } from "lucide-react";
import { z } from "zod";

import { organizers } from "#contract/organizers.ts";
import { type MemberRole, type TeamStep, teams } from "#contract/teams.ts";
import { mayGive, memberLadder, memberRoles } from "#domain/organizers/team.ts";
import { OrganizerHead } from "#web/features/organizers/components/organizer-head.tsx";
import { act } from "#web/features/teams/act.ts";
import { Invitations, InviteForm, Told } from "#web/features/teams/components/inviting.tsx";
import { Members } from "#web/features/teams/components/members.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { More } from "#web/ui/more.tsx";
import { EmptyState, Section } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/team-page";

const Query = z.object({
  organizer: z.string().max(60).optional().catch(undefined),
  cursor: z.string().max(400).optional().catch(undefined),
});

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const { organizer: wanted, cursor } = Query.parse(Object.fromEntries(new URL(request.url).searchParams));
  const { items } = await call(context, organizers.mine, {});
  const organizer = items.find(({ id }) => id === wanted) ?? items[0];
  return {
    mine: items.map(({ id, name }) => ({ id, name })),
    team: organizer ? await teamOf(context, organizer, cursor) : null,
    words: words(context, [
      "teams.page",
      "teams.said",
      "teams.roles",
      "teams.rights",
      "teams.steps",
      "organizers.tabs",
    ]),
  };
}

type Context = Route.LoaderArgs["context"];

async function teamOf(
  context: Context,
  { id, name, timeZone, role: given }: { id: string; name: string; timeZone: string; role: MemberRole | null },
  cursor: string | undefined,
) {
  const role = given ?? "member";
  const params = { id };
  const roles = memberRoles.filter((one) => mayGive(memberLadder, role, one)).toReversed();
  const none = { items: [], nextCursor: null };
  const [members, invitations, history] = await Promise.all([
    call(context, teams.members, { params }),
    roles.length > 0 ? call(context, teams.invitations, { params }) : none,
    role === "owner" ? call(context, teams.history, { params, query: { cursor, limit: 20 } }) : none,
  ]);
  return { id, name, timeZone, role, roles, members: members.items, invitations: invitations.items, history };
}

export const action = ({ request, context }: Route.ActionArgs) => act(context, request);

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["teams.page"].pageTitle },
];

export default function TeamPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("teams.page");
  const fill = useFill();
  const { mine, team } = loaderData;
  if (!team) return <Nobody />;
  const { id, name, timeZone: zone, roles, members, invitations } = team;
  const sends = { organizer: id };
  return (
    <>
      <OrganizerHead title={words.title} text={fill(words.lead, { name })} mine={mine} />
      <Told result={actionData} />
      <Section id="members" title={words.members} className="max-w-[52rem]">
        <Members members={members} team={name} sends={sends} after={fill(words.after, { team: name })} />
      </Section>
      {roles.length > 0 && (
        <div className="mt-10">
          <InviteForm roles={roles} sends={sends} result={actionData} />
        </div>
      )}
      {invitations.length > 0 && (
        <Section id="invitations" title={words.invitations} className="mt-10">
          <Invitations items={invitations} sends={sends} zone={zone} />
        </Section>
      )}
      {team.role === "owner" && <HandOver team={team} />}
      {team.history.items.length > 0 && (
        <Section id="history" title={words.history} text={words.historyText} className="mt-10 max-w-[52rem]">
          <ol className="grid gap-3">
            {team.history.items.map((step) => (
              <Step key={step.id} step={step} zone={zone} />
            ))}
          </ol>
          <More cursor={team.history.nextCursor} />
        </Section>
      )}
    </>
  );
}

/** Who has no organizer yet may be named for an event all the same. */
function Nobody() {
  const words = useWords("teams.page");
  return (
    <>
      <OrganizerHead title={words.title} mine={[]} />
      <EmptyState
        picture={<Hall dots={20} taken={1} className="h-14" />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={
          <ButtonLink to="/organize/events/new" variant="primary">
            {words.emptyAction}
          </ButtonLink>
        }
      />
    </>
  );
}

type Team = NonNullable<Awaited<ReturnType<typeof teamOf>>>;

function HandOver({ team: { id, name, members } }: { team: Team }) {
  const words = useWords("teams.page");
  const fill = useFill();
  const others = members.filter(({ isMe, role }) => !isMe && role !== "owner");
  return (
    <Section
      id="hand-over"
      title={words.handOverTitle}
      text={fill(words.handOverText, { name })}
      className="mt-10 max-w-[52rem]"
    >
      {others.length === 0 ? (
        <p className="text-ink-soft">{words.handOverNobody}</p>
      ) : (
        <Form className="flex flex-wrap items-end gap-3">
          <Hidden values={{ organizer: id }} />
          <Select name="user" label={words.handOverTo} className="min-w-60">
            {others.map(({ userId, name: who }) => (
              <option key={userId} value={userId}>
                {who}
              </option>
            ))}
          </Select>
          <SubmitButton variant="secondary" name="intent" value="handOver" icon={<KeyRound aria-hidden="true" />}>
            {words.handOver}
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}

function Step({ step: { at, what, by, whom, role, event }, zone }: { step: TeamStep; zone: string }) {
  const steps = useWords("teams.steps");
  const roles = useWords("teams.roles");
  const fill = useFill();
  const said = { by: by ?? steps.gone, whom: whom ?? steps.gone, role: role ? roles[role] : "" };
  return (
    <li className="grid gap-x-6 text-sm sm:grid-cols-[15rem_1fr]">
      <Time at={at} zone={zone} className="text-ink-soft" />
      <p className="break-words">
        {fill(steps[what], said)}
        {event && <span className="text-ink-soft"> · {event}</span>}
      </p>
    </li>
  );
}
