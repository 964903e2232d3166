import { auth } from "#contract/identity.ts";
import { mailings } from "#contract/mailings.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Prose } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/my-letter-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const [{ user }, letter] = await Promise.all([call(context, auth.me, {}), call(context, mailings.read, { params })]);
  return { letter, zone: user.timeZone, words: words(context, ["notifications.mine"]) };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.letter.subject }];

/** What an organizer has announced to those who come. */
export default function MyLetterPage({ loaderData: { letter, zone } }: Route.ComponentProps) {
  const words = useWords("notifications.mine");
  return (
    <NarrowPage>
      <PageHeader
        back={{ to: "/me/notices", label: words.back }}
        over={
          <>
            {letter.organizer} · <Time at={letter.at} zone={zone} />
          </>
        }
        title={letter.subject}
      />
      <Prose html={letter.html} />
      <p className="mt-10">
        <ButtonLink to={`/events/${letter.slug}`}>{words.event}</ButtonLink>
      </p>
    </NarrowPage>
  );
}
