import type { Organizer } from "#contract/organizers.ts";
import type { TeamInvited } from "#contract/teams.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { FilterChips } from "#web/ui/list.tsx";
import { Notice } from "#web/ui/surface.tsx";

export type Mine = Pick<Organizer, "id" | "name">[];

/** Whose events are shown, where one belongs to more than one organizer. */
export function Whose({ mine }: { mine: Mine }) {
  const words = useWords("organize.home");
  if (mine.length < 2) return null;
  return (
    <FilterChips
      name="organizer_id"
      label={words.whose}
      all={words.everyone}
      options={mine.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

/** The teams that wait for an answer. */
export function Invited({ invitations }: { invitations: readonly (TeamInvited & { token: string })[] }) {
  const words = useWords("organize.home");
  const fill = useFill();
  if (invitations.length === 0) return null;
  return (
    <div className="mb-8 grid gap-3">
      {invitations.map(({ token, invitedBy: who, event, organizer }) => (
        <Notice
          key={token}
          mood="accent"
          title={fill(words.invitedTitle, { who, place: event?.title ?? organizer.name })}
          action={
            <ButtonLink to={`/team-invite/${token}`} variant="primary">
              {words.invitedSee}
            </ButtonLink>
          }
        />
      ))}
    </div>
  );
}
