import { Link, useOutletContext } from "react-router";

import type { EventView } from "#contract/events.ts";
import { eventTeams } from "#contract/teams.ts";
import { type TeamRole, teamRoles } from "#domain/entitlement/doors.ts";
import { eventLadder, eventRoles, mayGive } from "#domain/organizers/team.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { act } from "#web/features/teams/act.ts";
import { Invitations, InviteForm, Told } from "#web/features/teams/components/inviting.tsx";
import { Members } from "#web/features/teams/components/members.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { Hall } from "#web/ui/hemicycle.tsx";
import { EmptyState, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-team-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const [{ items }, invitations] = await Promise.all([
    call(context, eventTeams.members, { params }),
    invitationsOr(context, params),
  ]);
  return {
    members: items,
    invitations,
    words: words(context, ["teams.page", "teams.event", "teams.said", "teams.roles", "teams.rights"]),
  };
}

/** Who may not invite is not told who is invited. */
async function invitationsOr(context: Route.LoaderArgs["context"], params: { id: string }) {
  try {
    return (await call(context, eventTeams.invitations, { params })).items;
  } catch (thrown) {
    if (refusalOf(thrown)?.code === "auth.forbidden") return null;
    throw thrown;
  }
}

export const action = ({ params, request, context }: Route.ActionArgs) => act(context, request, params.id);

export const meta: Route.MetaFunction = consoleTitle("teams.event");

export default function EventTeamPage({ loaderData, actionData }: Route.ComponentProps) {
  const { members, invitations } = loaderData;
  const event = useOutletContext<EventView>();
  const words = useWords("teams.event");
  const page = useWords("teams.page");
  const fill = useFill();
  // Admins of the house see to it as its owners do.
  const role: TeamRole = event.team?.role ?? teamRoles[0];
  const roles = eventRoles.filter((one) => mayGive(eventLadder, role, one));
  const organizer = event.organizer.name;
  return (
    <>
      <Told result={actionData} />
      <Section id="members" title={words.title} text={fill(words.text, { organizer })} className="max-w-[52rem]">
        {members.length > 0 ? (
          <Members members={members} team={event.title} sends={{}} after={fill(words.after, { team: event.title })} />
        ) : (
          <EmptyState
            picture={<Hall dots={24} taken={1} className="h-14" />}
            title={words.emptyTitle}
            text={words.emptyText}
          />
        )}
        {role === "owner" && (
          <p className="mt-5 text-sm text-ink-soft">
            {fill(words.whole, { organizer })}{" "}
            <Link to={`/organize/team?organizer=${event.organizer.id}`} className="link">
              {words.wholeLink}
            </Link>
          </p>
        )}
      </Section>
      {invitations && roles.length > 0 && (
        <div className="mt-10">
          <InviteForm roles={roles} sends={{}} result={actionData} />
        </div>
      )}
      {invitations && invitations.length > 0 && (
        <Section id="invitations" title={page.invitations} className="mt-10">
          <Invitations items={invitations} sends={{}} zone={event.timeZone} />
        </Section>
      )}
    </>
  );
}
