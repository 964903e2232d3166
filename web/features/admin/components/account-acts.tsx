import { KeyRound, ShieldOff } from "lucide-react";

import type { Account } from "#contract/accounts.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Segmented } from "#web/ui/choice.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Select, TextArea } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Section } from "#web/ui/surface.tsx";

const roles = ["attendee", "organizer", "admin"] as const;
const days = [1, 7, 30, 365] as const;

/** What may be done about an account: its role, its password, its ban. */
export function Acts({ account, result }: { account: Account; result: unknown }) {
  const words = useWords("admin.user");
  const list = useWords("admin.users");
  return (
    <div>
      <Section id="role" title={words.role} text={words.roleText}>
        <Form result={result} sends={{ intent: "role" }} className="flex flex-wrap items-end gap-4">
          <Segmented
            name="role"
            label={words.role}
            quietLabel
            defaultValue={account.role}
            options={roles.map((role) => ({ value: role, label: list[role] }))}
          />
          <SubmitButton variant="secondary">{words.roleSave}</SubmitButton>
        </Form>
      </Section>
      <Section id="password" title={words.password} text={words.passwordText}>
        <Form>
          <SubmitButton variant="secondary" name="intent" value="letter" icon={<KeyRound aria-hidden="true" />}>
            {words.letter}
          </SubmitButton>
        </Form>
      </Section>
      <Section id="ban" title={words.access} text={account.ban ? words.unbanText : words.banText}>
        {account.ban ? (
          <Form>
            <SubmitButton variant="secondary" name="intent" value="unban">
              {words.unban}
            </SubmitButton>
          </Form>
        ) : (
          <OpenDialog dialog="ban-account" variant="danger" icon={<ShieldOff aria-hidden="true" />}>
            {words.ban}
          </OpenDialog>
        )}
      </Section>
      <BanDialog name={account.name} result={result} />
    </div>
  );
}

function BanDialog({ name, result }: { name: string; result: unknown }) {
  const words = useWords("admin.user");
  const fill = useFill();
  return (
    <Confirm
      id="ban-account"
      danger
      title={fill(words.banTitle, { name })}
      text={words.banWarning}
      confirm={words.banNow}
      sends={{ intent: "ban" }}
      form={{ result }}
    >
      <TextArea name="reason" label={words.reason} hint={words.reasonHint} maxLength={1000} required />
      <Select name="days" label={words.until}>
        <option value="">{words.forGood}</option>
        {days.map((n) => (
          <option key={n} value={n}>
            {fill(words.days, { n })}
          </option>
        ))}
      </Select>
    </Confirm>
  );
}
