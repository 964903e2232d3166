import { useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";

import type { Route } from "./+types/home-page";

export function loader({ context }: Route.LoaderArgs) {
  return { words: words(context, ["home.page"]) };
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: `${loaderData?.words["home.page"].title} · Plenary` },
  { name: "description", content: loaderData?.words["home.page"].description },
];

export default function HomePage() {
  const words = useWords("home.page");
  return (
    <div className="frame py-16">
      <h1>{words.title}</h1>
      <p className="my-6 max-w-[60ch] text-base text-ink-soft">{words.lead}</p>
      <div className="flex gap-3">
        <ButtonLink to="/organize/events/new" variant="primary" size="lg">
          {words.start}
        </ButtonLink>
        <ButtonLink to="/events" size="lg">
          {words.browse}
        </ButtonLink>
      </div>
    </div>
  );
}
