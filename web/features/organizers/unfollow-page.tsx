import { following } from "#contract/following.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/unfollow-page";

// The link is a key: see the page of a ticket's own link.
export const headers = () => ({ "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex, nofollow" });

export function loader({ context }: Route.LoaderArgs) {
  const title = pageOf(context).say("organizers.unfollow.pageTitle");
  return { title, words: words(context, ["organizers.unfollow"]) };
}

/** Only a press of the button does it: mail programs open links by themselves. */
export async function action({ params, context }: Route.ActionArgs) {
  try {
    await call(context, following.stop, { body: { token: params.token.slice(0, 200) } });
    return { isDone: true };
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.link_invalid" || code === "request.invalid") return { isDone: false };
    throw thrown;
  }
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex, nofollow" },
];

export default function UnfollowPage({ actionData }: Route.ComponentProps) {
  const words = useWords("organizers.unfollow");
  if (actionData) {
    const { isDone } = actionData;
    return (
      <NarrowPage>
        <div role="status">
          <PageHeader
            title={isDone ? words.doneTitle : words.goneTitle}
            text={isDone ? words.doneText : words.goneText}
          />
        </div>
        <ButtonLink to={isDone ? "/events" : "/me/following"}>{isDone ? words.browse : words.following}</ButtonLink>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} />
      <Form>
        <SubmitButton size="lg">{words.stop}</SubmitButton>
      </Form>
    </NarrowPage>
  );
}
