import { formatInstant } from "#domain/time/format.ts";
import type { Reader } from "#server/modules/teams/repo.ts";
import { type Block, frame } from "#server/platform/letter-frame.ts";
import { unlinked } from "#server/platform/letter-words.ts";
import type { Letter } from "#server/platform/letters.ts";
import { say, timeWords } from "#server/platform/words.ts";

/** What letters about a team tell of it. */
export interface About {
  publicUrl: string;
  to: Pick<Reader, "email" | "name" | "locale">;
  /** Whoever did it, or whom it happened to. */
  who: string;
  organizer: string;
  /** Null where it is about the organizer's whole team. */
  event: string | null;
  role: string;
}

export type TeamLetter = "joined" | "role_changed" | "removed" | "left" | "handed_over" | "gave_over";

const wordsOf = ({ to, who, organizer, event, role }: About) => {
  const named = {
    name: unlinked(to.name),
    who: unlinked(who),
    organizer: unlinked(organizer),
    place: unlinked(event ?? organizer),
    scope: event === null ? "all" : "one",
    role,
  };
  return (key: string) => say(to.locale, `team-letters.${key}`, named);
};

const lay = (about: About, kind: TeamLetter | "invited" | "handover", blocks: readonly Block[]): Letter => ({
  kind: `team.${kind}`,
  to: { address: about.to.email, name: about.to.name },
  subject: wordsOf(about)(`${kind}.subject`),
  ...frame({
    locale: about.to.locale,
    publicUrl: about.publicUrl,
    heading: wordsOf(about)(`${kind}.heading`),
    blocks,
  }),
});

/** Somebody would like them in the team; the link is the way in, and theirs alone. */
export function invitationLetter(
  about: About,
  { link, endsAt, isHandover }: { link: string; endsAt: Date; isHandover: boolean },
) {
  const words = wordsOf(about);
  const kind = isHandover ? "handover" : "invited";
  const { locale } = about.to;
  const until = formatInstant(endsAt, "UTC", locale, timeWords(locale));
  return lay(about, kind, [
    words(`${kind}.text`),
    words(`rights.${about.role}`),
    { action: { label: words(`${kind}.action`), url: link } },
    { quiet: say(locale, "team-letters.until", { until }) },
    { quiet: words("notYou") },
  ]);
}

/** Tells of what has changed in a team; the button leads to where it can be seen. */
export function changeLetter(about: About, kind: TeamLetter, path: string | null): Letter {
  const words = wordsOf(about);
  return lay(about, kind, [
    words(`${kind}.text`),
    ...(kind === "role_changed" ? [words(`rights.${about.role}`)] : []),
    ...(path === null ? [] : [{ action: { label: words(`${kind}.action`), url: `${about.publicUrl}${path}` } }]),
  ]);
}
