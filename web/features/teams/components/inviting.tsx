import { MailPlus, RotateCw, X } from "lucide-react";

import type { TeamInvitation } from "#contract/teams.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { RadioGroup } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { Outcome } from "#web/ui/outcome.tsx";
import { Badge, Panel } from "#web/ui/surface.tsx";
import { type Column, Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

type Role = TeamInvitation["role"];
interface Result {
  ok: boolean;
  intent: string;
  value?: { says: string; name: string };
}

/** Asks an address to join, and says what each role is. */
export function InviteForm({
  roles,
  sends,
  result,
}: {
  roles: readonly Role[];
  sends: Record<string, string>;
  result: Result | undefined;
}) {
  const words = useWords("teams.page");
  const named = useWords("teams.roles");
  const rights = useWords("teams.rights");
  const isMine = result?.intent === "invite";
  return (
    <Panel aria-labelledby="invite" className="max-w-[42rem]">
      <h2 id="invite" className="mb-4 text-lg!">
        {words.inviteTitle}
      </h2>
      <Form
        key={isMine && result.ok ? result.value?.name : ""}
        result={isMine ? result : undefined}
        className="grid gap-5"
      >
        <Hidden values={sends} />
        <Field
          name="email"
          type="email"
          label={words.email}
          hint={words.emailHint}
          autoComplete="off"
          maxLength={254}
          required
        />
        <RadioGroup
          name="role"
          label={words.role}
          defaultValue={roles.at(0)}
          options={roles.map((value) => ({ value, label: named[value], hint: rights[value] }))}
        />
        <SubmitButton
          name="intent"
          value="invite"
          className="justify-self-start"
          icon={<MailPlus aria-hidden="true" />}
        >
          {words.invite}
        </SubmitButton>
      </Form>
    </Panel>
  );
}

const moods = {
  invited: "accent",
  expired: "warn",
  declined: "neutral",
  accepted: "good",
  withdrawn: "neutral",
} as const;

/** Who was asked and is not in the team. */
export function Invitations({
  items,
  sends,
  zone,
}: {
  items: readonly TeamInvitation[];
  sends: Record<string, string>;
  zone: string;
}) {
  const words = useWords("teams.page");
  const named = useWords("teams.roles");
  const fill = useFill();
  const columns: Column<TeamInvitation>[] = [
    { key: "email", title: words.email, as: "main", show: ({ email }) => <span className="break-all">{email}</span> },
    {
      key: "role",
      title: words.role,
      show: ({ role, isHandover }) => (
        <span className="whitespace-nowrap">{isHandover ? words.handover : named[role]}</span>
      ),
    },
    {
      key: "status",
      title: words.state,
      show: ({ status }) => <Badge mood={moods[status]}>{fill(words.status, { status })}</Badge>,
    },
    {
      key: "ends",
      title: words.until,
      show: ({ endsAt }) => <Time at={endsAt} zone={zone} style="date" className="whitespace-nowrap text-ink-soft" />,
    },
    { key: "act", title: words.act, as: "end", show: (one) => <Acts one={one} sends={sends} /> },
  ];
  return <Table caption={words.invitations} columns={columns} rows={items} rowKey={({ id }) => id} />;
}

function Acts({ one, sends }: { one: TeamInvitation; sends: Record<string, string> }) {
  const words = useWords("teams.page");
  const fill = useFill();
  const { id, email, mayResend, mayWithdraw } = one;
  if (!mayResend && !mayWithdraw) return null;
  const common = { size: "sm", variant: "quiet", name: "intent" } as const;
  return (
    <Form preventScrollReset className="flex justify-end gap-2 whitespace-nowrap">
      <Hidden values={{ ...sends, invitation: id }} />
      {mayResend && (
        <SubmitButton
          {...common}
          value="resend"
          icon={<RotateCw aria-hidden="true" />}
          aria-label={fill(words.resendTo, { email })}
        >
          {words.resend}
        </SubmitButton>
      )}
      {mayWithdraw && (
        <SubmitButton
          {...common}
          value="withdraw"
          icon={<X aria-hidden="true" />}
          aria-label={fill(words.withdrawFrom, { email })}
        >
          {words.withdraw}
        </SubmitButton>
      )}
    </Form>
  );
}

/** What has just been done, or why it could not be. */
export function Told({ result }: { result: (Result & { message?: string }) | undefined }) {
  const words = useWords("teams.said");
  const fill = useFill();
  // A form that asks for something says itself what was wrong with it.
  if (!result || (!result.ok && result.intent === "invite")) return null;
  const { value } = result;
  return (
    <Outcome of={result} mood={value ? "good" : "bad"}>
      {value ? fill(words[value.says as keyof typeof words], { name: value.name }) : (result.message ?? "")}
    </Outcome>
  );
}
