import { FileArchive, UserX } from "lucide-react";
import { redirect } from "react-router";

import { me } from "#contract/identity.ts";
import { type DataExport, privacy } from "#contract/privacy.ts";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { askFirst } from "#web/features/security/act.ts";
import { call, signedIn } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Badge, Notice, Section } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/data-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const [{ items }, { timeZone }] = await Promise.all([call(context, privacy.exports, {}), call(context, me.get, {})]);
  return {
    items,
    zone: timeZone,
    isAsked: new URL(request.url).searchParams.has("asked"),
    words: words(context, ["privacy.data", "identity.settings"]),
  };
}

export async function action({ request, context }: Route.ActionArgs) {
  try {
    await call(context, privacy.ask, {});
  } catch (thrown) {
    if (refusalOf(thrown)?.code === "auth.confirm_needed") throw askFirst(request);
    throw thrown;
  }
  return redirect("/me/data?asked");
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["privacy.data"].title} · ${houseOf(matches)}` },
];

export default function DataPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("privacy.data");
  const { items, zone, isAsked } = loaderData;
  const isMaking = items.some(({ readyAt }) => readyAt === null);
  return (
    <NarrowPage>
      <SettingsHeader />
      {isAsked && isMaking && (
        <div className="mb-8">
          <Notice mood="good">{words.asked}</Notice>
        </div>
      )}
      <Section id="download" title={words.download} text={words.downloadText}>
        {items.length > 0 && (
          <ul aria-label={words.files} className="mb-6 grid">
            {items.map((item) => (
              <Item key={item.id} item={item} zone={zone} />
            ))}
          </ul>
        )}
        {!isMaking && (
          <Form>
            <SubmitButton variant={items.length > 0 ? "secondary" : "primary"} icon={<FileArchive />}>
              {words.ask}
            </SubmitButton>
          </Form>
        )}
      </Section>
      <Section id="delete" title={words.delete} text={words.deleteText}>
        <ButtonLink to="/me/data/delete" variant="danger" icon={<UserX />}>
          {words.deleteAction}
        </ButtonLink>
      </Section>
    </NarrowPage>
  );
}

function Item({ item: { id, askedAt, endsAt, bytes }, zone }: { item: DataExport; zone: string }) {
  const words = useWords("privacy.data");
  const fill = useFill();
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line py-4 first:pt-0">
      <FileArchive aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <Time at={askedAt} zone={zone} />
          <Badge mood={endsAt ? "good" : "neutral"}>{endsAt ? words.ready : words.making}</Badge>
        </p>
        {endsAt && bytes !== null && (
          <p className="text-xs text-ink-soft">
            {fill(words.size, { n: Math.ceil(bytes / 1000) })}, {words.until} <Time at={endsAt} zone={zone} />
          </p>
        )}
      </div>
      {endsAt && (
        <ButtonLink to={`/me/data/file/${id}`} size="sm" reloadDocument>
          {words.get}
        </ButtonLink>
      )}
    </li>
  );
}
