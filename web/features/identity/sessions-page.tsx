import { Laptop, Smartphone } from "lucide-react";

import { auth, type SessionView } from "#contract/identity.ts";
import { nameOfAgent } from "#web/features/identity/components/agent.ts";
import { SettingsHeader } from "#web/features/identity/components/settings-header.tsx";
import { call, signedIn } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { More } from "#web/ui/more.tsx";
import { NarrowPage } from "#web/ui/page.tsx";
import { Badge, Section } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/sessions-page";

export async function loader({ request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;
  const [{ user }, list] = await Promise.all([
    call(context, auth.me, {}),
    call(context, auth.sessions, { query: { cursor, limit: 50 } }),
  ]);
  return { ...list, zone: user.timeZone, words: words(context, ["identity.sessions", "identity.settings"]) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const id = (await request.formData()).get("id");
  if (typeof id === "string" && id) await call(context, auth.endSession, { params: { id } });
  else await call(context, auth.endOtherSessions, {});
  return null;
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["identity.sessions"].title} · ${houseOf(matches)}` },
];

export default function SessionsPage({ loaderData }: Route.ComponentProps) {
  const words = useWords("identity.sessions");
  const { items, nextCursor, zone } = loaderData;
  return (
    <NarrowPage>
      <SettingsHeader />
      <Section id="sessions" title={words.title} text={words.lead}>
        <ul aria-label={words.list} className="grid">
          {items.map((session) => (
            <Session key={session.id} session={session} zone={zone} />
          ))}
        </ul>
        <More cursor={nextCursor} />
        {items.length > 1 && (
          <Form className="mt-8">
            <SubmitButton variant="danger" name="others" value="true">
              {words.others}
            </SubmitButton>
          </Form>
        )}
      </Section>
    </NarrowPage>
  );
}

function Session({ session, zone }: { session: SessionView; zone: string }) {
  const words = useWords("identity.sessions");
  const fill = useFill();
  const { browser, system, isPhone } = nameOfAgent(session.agent);
  const name = browser && system ? fill(words.browserOn, { browser, system }) : browser || words.unknown;
  const Icon = isPhone ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-4 border-b border-line py-4 first:pt-0">
      <Icon aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium" title={session.agent}>
          {name}
          {session.isCurrent && <Badge mood="good">{words.here}</Badge>}
        </p>
        <p className="text-xs text-ink-soft">
          {words.seen} <Time at={session.lastSeenAt} zone={zone} /> · <span className="tabular">{session.address}</span>
        </p>
      </div>
      {!session.isCurrent && (
        <Form>
          <SubmitButton
            variant="secondary"
            size="sm"
            name="id"
            value={session.id}
            aria-label={fill(words.endOf, { what: name })}
          >
            {words.end}
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}
