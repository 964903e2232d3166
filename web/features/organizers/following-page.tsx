import { Link } from "react-router";

import { following } from "#contract/following.ts";
import type { Organizer } from "#contract/organizers.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";
import { More } from "#web/ui/more.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Avatar, EmptyState } from "#web/ui/surface.tsx";

import type { Route } from "./+types/following-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const list = await call(context, following.mine, { query: { cursor } });
  const title = pageOf(context).say("organizers.following.pageTitle");
  return { ...list, title, words: words(context, ["organizers.following"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  signedIn(context, request);
  const id = String((await request.formData()).get("id"));
  await call(context, following.unfollow, { params: { id } });
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function FollowingPage({ loaderData: { items, nextCursor } }: Route.ComponentProps) {
  const words = useWords("organizers.following");
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.lead} back={{ to: "/me", label: words.back }} />
      {items.length === 0 ? (
        <EmptyState
          picture={<Hall dots={20} taken={0} className="h-14" />}
          title={words.emptyTitle}
          text={words.emptyText}
          action={<ButtonLink to="/events">{words.browse}</ButtonLink>}
        />
      ) : (
        <ul aria-label={words.list} className="grid">
          {items.map((organizer) => (
            <Followed key={organizer.id} organizer={organizer} />
          ))}
        </ul>
      )}
      <More cursor={nextCursor} />
    </NarrowPage>
  );
}

function Followed({ organizer: { id, slug, name, logoUrl } }: { organizer: Organizer }) {
  const words = useWords("organizers.following");
  const fill = useFill();
  return (
    <li className="flex items-center gap-4 border-b border-line py-4 first:pt-0">
      <Avatar name={name} src={logoUrl} size={44} />
      <Link to={`/${slug}`} className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere] hover:underline">
        {name}
      </Link>
      <Form preventScrollReset>
        <SubmitButton variant="quiet" size="sm" name="id" value={id} aria-label={fill(words.stopOf, { name })}>
          {words.stop}
        </SubmitButton>
      </Form>
    </li>
  );
}
