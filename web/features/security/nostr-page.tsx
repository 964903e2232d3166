import { KeySquare } from "lucide-react";

import { nostr } from "#contract/nostr.ts";
import { NostrButton } from "#web/features/identity/components/nostr-button.tsx";
import { askFirst, confirmed } from "#web/features/security/act.ts";
import { call, pageOf } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useWords, words } from "#web/platform/words.ts";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { NarrowPage, PageHeader } from "#web/ui/page.tsx";
import { Notice } from "#web/ui/surface.tsx";

import type { Route } from "./+types/nostr-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  const { nostrKey } = await confirmed(context, request);
  const url = `${pageOf(context).publicUrl}/api/v1${nostr.link.path}`;
  return { npub: nostrKey, url, words: words(context, ["security.nostr"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const proof = (await request.formData()).get("proof");
  try {
    if (typeof proof !== "string") await call(context, nostr.unlink, {});
    else {
      const body = { bytes: Buffer.alloc(0), headers: { authorization: proof } };
      await call(context, nostr.link, { body });
    }
  } catch (thrown) {
    const code = refusalOf(thrown)?.code;
    if (code === "auth.confirm_needed") throw askFirst(request);
    if (code === "nostr.refused") return { isRefused: true };
    if (code !== "nostr.not_found") throw thrown;
  }
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["security.nostr"].title} · ${houseOf(matches)}` },
];

export default function NostrPage({ loaderData, actionData }: Route.ComponentProps) {
  const words = useWords("security.nostr");
  const { npub, url } = loaderData;
  const button = { asks: { method: "PUT" as const, url }, failed: words.failed };
  return (
    <NarrowPage>
      <PageHeader title={words.title} text={words.text} back={{ to: "/me/security", label: words.back }} />
      {actionData?.isRefused && (
        <div className="mb-8">
          <Notice mood="warn">{words.refused}</Notice>
        </div>
      )}
      {npub && <Key npub={npub} />}
      <NostrButton {...button} label={npub ? words.replace : words.link} without={<HowTo />} />
      <noscript>{words.needsScript}</noscript>
    </NarrowPage>
  );
}

function Key({ npub }: { npub: string }) {
  const words = useWords("security.nostr");
  return (
    <div className="mb-8 flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line pb-5">
      <KeySquare aria-hidden="true" className="size-6 shrink-0 self-start text-ink-soft" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">{words.linked}</p>
        <code className="text-xs break-all text-ink-soft">{npub}</code>
      </div>
      <OpenDialog dialog="unlink" size="sm">
        {words.remove}
      </OpenDialog>
      <Confirm id="unlink" title={words.removeTitle} text={words.removeText} confirm={words.remove} danger />
    </div>
  );
}

function HowTo() {
  const words = useWords("security.nostr");
  return (
    <section aria-labelledby="how" className="grid gap-3">
      <h2 id="how" className="text-lg!">
        {words.howTitle}
      </h2>
      <p className="text-ink-soft">{words.howText}</p>
      <ol className="grid list-decimal gap-2 ps-5">
        <li>{words.how1}</li>
        <li>{words.how2}</li>
        <li>{words.how3}</li>
      </ol>
    </section>
  );
}
