import { data, Link } from "react-router";
import { z } from "zod";

import { type Account, accounts, BanInput, RoleInput } from "#contract/accounts.ts";
import { Acts } from "#web/features/admin/components/account-acts.tsx";
import { Fact } from "#web/features/admin/components/fact.tsx";
import { call, pageOf } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { Outcome } from "#web/ui/outcome.tsx";
import { PageHeader } from "#web/ui/page.tsx";
import { Avatar, Badge, Notice } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

import type { Route } from "./+types/user-page";

export async function loader({ params, context }: Route.LoaderArgs) {
  return {
    account: await call(context, accounts.get, { params }),
    words: words(context, ["admin.users", "admin.user"]),
  };
}

const day = 86_400_000;
const BanForm = BanInput.omit({ until: true }).extend({ intent: z.string(), days: z.int().optional() });

export async function action({ params, request, context }: Route.ActionArgs) {
  const form = await request.formData();
  switch (form.get("intent")) {
    case "role":
      return told(
        "roleDone",
        await formResult(form, RoleInput, (body) => call(context, accounts.role, { params, body })),
      );
    case "ban": {
      const result = await formResult(form, BanForm, ({ reason, days }) => {
        const until = days && new Date(pageOf(context).now.getTime() + days * day).toISOString();
        return call(context, accounts.ban, { params, body: { reason, ...(until ? { until } : {}) } });
      });
      return told("banDone", result);
    }
    case "unban":
      return told("unbanDone", await formResult(form, z.object({}), () => call(context, accounts.unban, { params })));
    case "letter": {
      const send = () => call(context, accounts.passwordLetter, { params });
      return told("letterDone", await formResult(form, z.object({}), send));
    }
    default:
      throw data(null, { status: 400 });
  }
}

const told = <S extends string, R extends { ok: boolean }>(says: S, result: R) => ({ says, result });

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: said(loaderData?.words)?.["admin.users"].pageTitle },
];

/** One account: what it is, and what may be done about it. */
export default function UserPage({ loaderData: { account }, actionData }: Route.ComponentProps) {
  const list = useWords("admin.users");
  const words = useWords("admin.user");
  const result = actionData?.result;
  return (
    <>
      <PageHeader
        back={{ to: "/admin/users", label: words.back }}
        over={account.ban ? <Badge mood="bad">{list.banned}</Badge> : list[account.role]}
        title={
          <span className="flex items-center gap-4">
            <Avatar name={account.name} src={account.pictureUrl} size={48} />
            {account.name}
          </span>
        }
        text={account.email}
      />
      {actionData && <Outcome of={result?.ok && result}>{words[actionData.says]}</Outcome>}
      <div className="grid max-w-[44rem] gap-8">
        {account.ban && <Banned ban={account.ban} />}
        <Facts account={account} />
        <Acts account={account} result={result} />
      </div>
    </>
  );
}

function Banned({ ban: { since, until, reason } }: { ban: NonNullable<Account["ban"]> }) {
  const words = useWords("admin.user");
  return (
    <Notice mood="bad" title={until ? words.bannedUntil : words.bannedForGood}>
      <p>
        <Time at={since} zone="UTC" style="date" />
        {until && (
          <>
            {" – "}
            <Time at={until} zone="UTC" style="full" />
          </>
        )}
      </p>
      <p className="mt-1 whitespace-pre-line">{reason}</p>
    </Notice>
  );
}

function Facts({ account: { createdAt, lastSeenAt, organizers } }: { account: Account }) {
  const list = useWords("admin.users");
  const words = useWords("admin.user");
  const fill = useFill();
  return (
    <dl className="grid gap-x-8 gap-y-4 text-sm sm:grid-cols-3">
      <Fact name={list.since}>
        <Time at={createdAt} zone="UTC" style="date" />
      </Fact>
      <Fact name={list.seen}>{lastSeenAt ? <Time at={lastSeenAt} zone="UTC" /> : list.notIn}</Fact>
      <Fact name={fill(words.organizers, { n: organizers.length })}>
        {organizers.map(({ id, slug, name }) => (
          <Link key={id} to={`/${slug}`} className="link block">
            {name}
          </Link>
        ))}
      </Fact>
    </dl>
  );
}
