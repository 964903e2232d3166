import { questions } from "#contract/questions.ts";
import { scheduling } from "#contract/scheduling.ts";
import { build } from "#web/features/questions/act.ts";
import { Builder } from "#web/features/questions/components/builder.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { PageHeader } from "#web/ui/page.tsx";

import type { Route } from "./+types/event-type-questions-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  const [type, list] = await Promise.all([
    call(context, scheduling.eventType, { params }),
    call(context, questions.ofEventType, { params }),
  ]);
  return {
    type,
    list,
    title: pageOf(context).say("questions.builder.pageTitle", { title: type.name }),
    words: words(context, ["questions.builder", "questions.form", "questions.refusals"]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return build(await request.formData(), (body) => call(context, questions.saveOfEventType, { params, body }));
}

export const meta: Route.MetaFunction = ({ loaderData }) => [{ title: loaderData?.title }];

export default function EventTypeQuestionsPage({ loaderData: { type, list } }: Route.ComponentProps) {
  const words = useWords("questions.builder");
  return (
    <>
      <PageHeader
        back={{ to: `/event-types/${type.id}/edit`, label: type.name }}
        title={words.title}
        text={words.textBooking}
      />
      <Builder list={list} />
    </>
  );
}
