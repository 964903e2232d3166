import { z } from "zod";

import { notifications } from "#contract/notifications.ts";
import { topics } from "#domain/notifications/topics.ts";
import { call, pageOf, refuse } from "#web/platform/api.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Badge, Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/unsubscribe-page";

const Topic = z.enum(topics);

function topicIn({ topic }: Route.LoaderArgs["params"]) {
  const read = Topic.safeParse(topic);
  if (read.success) return read.data;
  throw refuse({ code: "route.not_found", message: "", details: {} });
}

export async function loader({ params, context }: Route.LoaderArgs) {
  return {
    topic: topicIn(params),
    ...(await call(context, notifications.openWishes, { body: { token: params.token } })),
    title: pageOf(context).say("notifications.unsubscribe.pageTitle"),
    words: words(context, ["notifications.unsubscribe", "notifications.topics"]),
  };
}

const Wish = z.object({ topic: Topic, isTold: z.enum(["true", "false"]) });

/** A press of this page's buttons names a topic; a mail program (RFC 8058) only says "One-Click". */
export async function action({ params, request, context }: Route.ActionArgs) {
  const read = Wish.safeParse(Object.fromEntries(await request.formData()));
  const wish = read.success ? read.data : { topic: topicIn(params), isTold: "false" };
  const body = { token: params.token, topic: wish.topic, isTold: wish.isTold === "true" };
  await call(context, notifications.setWish, { body });
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  // The link is its reader's alone.
  { name: "robots", content: "noindex" },
  { name: "referrer", content: "no-referrer" },
];

export default function UnsubscribePage({ loaderData }: Route.ComponentProps) {
  const { topic, email, topics: wishes } = loaderData;
  const words = useWords("notifications.unsubscribe");
  const names = useWords("notifications.topics");
  const fill = useFill();
  const isTold = wishes.some((wish) => wish.topic === topic && wish.isTold);
  const says = { topic: names[topic], email };
  return (
    <NarrowPage>
      <PageHeader
        title={isTold ? fill(words.title, says) : words.stoppedTitle}
        text={fill(isTold ? words.text : words.stopped, says)}
      />
      <Form className="mb-14">
        <input type="hidden" name="topic" value={topic} />
        <SubmitButton variant={isTold ? "primary" : "secondary"} name="isTold" value={String(!isTold)}>
          {isTold ? words.stop : words.undo}
        </SubmitButton>
      </Form>
      <Section id="others" title={words.othersTitle}>
        <ul aria-label={words.others} className="grid">
          {wishes
            .filter((wish) => wish.topic !== topic)
            .map((wish) => (
              <Other key={wish.topic} {...wish} />
            ))}
        </ul>
      </Section>
    </NarrowPage>
  );
}

function Other({ topic, isTold }: Route.ComponentProps["loaderData"]["topics"][number]) {
  const words = useWords("notifications.unsubscribe");
  const names = useWords("notifications.topics");
  const fill = useFill();
  const name = { topic: names[topic] };
  return (
    <li className="flex items-center gap-4 border-b border-line py-3 first:border-t">
      <span className="me-auto font-medium">{names[topic]}</span>
      <Badge mood={isTold ? "good" : "neutral"}>{isTold ? words.on : words.off}</Badge>
      <Form preventScrollReset>
        <input type="hidden" name="topic" value={topic} />
        <SubmitButton
          variant="quiet"
          size="sm"
          name="isTold"
          value={String(!isTold)}
          aria-label={fill(isTold ? words.switchOff : words.switchOn, name)}
        >
          {isTold ? words.stopOne : words.startOne}
        </SubmitButton>
      </Form>
    </li>
  );
}
