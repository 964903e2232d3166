import { questions } from "#contract/questions.ts";
import { consoleTitle } from "#web/features/organize/components/console-title.ts";
import { build } from "#web/features/questions/act.ts";
import { Builder } from "#web/features/questions/components/builder.tsx";
import { call } from "#web/platform/api.ts";
import { useWords, words } from "#web/platform/words.ts";
import { Section } from "#web/ui/surface.tsx";

import type { Route } from "./+types/event-questions-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  return {
    list: await call(context, questions.ofEvent, { params }),
    words: words(context, ["questions.builder", "questions.form", "questions.refusals"]),
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return build(await request.formData(), (body) => call(context, questions.saveOfEvent, { params, body }));
}

export const meta: Route.MetaFunction = consoleTitle("questions.builder");

export default function EventQuestionsPage({ loaderData: { list } }: Route.ComponentProps) {
  const words = useWords("questions.builder");
  return (
    <Section id="questions" title={words.title} text={words.textEvent}>
      <Builder list={list} asksParties />
    </Section>
  );
}
