import { said, useWords, words } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";

import type { Route } from "./+types/offline-page";

export const loader = ({ context }: Route.LoaderArgs) => ({ words: words(context, ["shell.offline"]) });

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["shell.offline"].title },
  { name: "robots", content: "noindex" },
];

/** What the service worker shows of a page that it has not kept, while there is no line. */
export default function OfflinePage() {
  const words = useWords("shell.offline");
  return (
    <div className="frame grid max-w-[40rem]! justify-items-center gap-4 py-20 text-center sm:py-28">
      <Hall dots={24} taken={0} className="mb-2 h-16" />
      <h1>{words.title}</h1>
      <p className="max-w-[52ch] text-base text-ink-soft">{words.text}</p>
      <div className="mt-3 flex flex-wrap justify-center gap-3">
        <ButtonLink to="/me" variant="primary" reloadDocument>
          {words.mine}
        </ButtonLink>
        <ButtonLink to="/" reloadDocument>
          {words.home}
        </ButtonLink>
      </div>
    </div>
  );
}
