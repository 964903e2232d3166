import { Controls, RefusedForm } from "#web/features/style/components/controls.tsx";
import { Lists, Pictures, Times } from "#web/features/style/components/shown.tsx";
import { Buttons, Letters, Messages, Signs } from "#web/features/style/components/words.tsx";
import { qrPath } from "#web/platform/qr-path.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { PageHeader, WidePage } from "#web/ui/page.tsx";

import type { Route } from "./+types/ui-page";

export const loader = ({ context }: Route.LoaderArgs) => ({
  qr: qrPath("K7M2Q-9XHTA"),
  words: words(context, ["style.page"]),
});

/** The form here sends to nobody. */
export const action = () => null;

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["style.page"].title },
  { name: "robots", content: "noindex" },
];

/** Every part of `web/ui` in every state, to look at while changing one; the server shows it to this machine only. */
export default function UiPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("style.page");
  return (
    <WidePage>
      <PageHeader title={words.title} text={words.lead} />
      <Letters />
      <Buttons />
      <Signs />
      <Messages />
      <Controls />
      <RefusedForm />
      <Times />
      <Lists />
      <Pictures qr={loaderData.qr} />
    </WidePage>
  );
}
