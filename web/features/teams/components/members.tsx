import { LogOut, UserMinus } from "lucide-react";

import type { EventMember, Member } from "#contract/teams.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { Select } from "#web/ui/field.tsx";
import { Form } from "#web/ui/form.tsx";
import { Hidden } from "#web/ui/hidden.tsx";
import { Avatar, Badge } from "#web/ui/surface.tsx";

type Someone = Member | EventMember;

interface Props {
  members: readonly Someone[];
  /** What the team is called: its organizer, or the event. */
  team: string;
  /** Sent along, so that the action knows whose team it is. */
  sends: Record<string, string>;
  /** What becomes of what they made, said before they are taken out. */
  after: string;
}

/** Who is in a team, with what the reader may do to each. */
export function Members({ members, ...rest }: Props) {
  const words = useWords("teams.page");
  return (
    <ul aria-label={words.members} className="divide-y divide-line border-y border-line">
      {members.map((one) => (
        <li key={one.userId} className="flex flex-wrap items-center gap-x-5 gap-y-3 py-4">
          <Avatar name={one.name} src={one.pictureUrl} size={40} />
          <div className="min-w-40 flex-1">
            <p className="font-medium break-words">
              {one.name}
              {one.isMe && <span className="font-normal text-ink-soft"> · {words.you}</span>}
            </p>
            {one.email && <p className="text-sm break-words text-ink-soft">{one.email}</p>}
          </div>
          <Role one={one} sends={rest.sends} />
          {one.mayRemove && <Out one={one} {...rest} />}
        </li>
      ))}
    </ul>
  );
}

function Role({ one, sends }: { one: Someone; sends: Props["sends"] }) {
  const words = useWords("teams.page");
  const roles = useWords("teams.roles");
  const fill = useFill();
  const { userId, name, role, mayBecome } = one;
  // One's own role is left by leaving, or handed over: nobody locks themselves out by a slip in a list.
  if (mayBecome.length === 0 || one.isMe)
    return <Badge mood={role === "owner" ? "accent" : "neutral"}>{roles[role]}</Badge>;
  return (
    <Form preventScrollReset className="flex items-center gap-2">
      <Hidden values={{ ...sends, user: userId, name }} />
      <Select key={role} name="role" label={fill(words.roleOf, { name })} quietLabel defaultValue={role}>
        {[role, ...mayBecome].map((value) => (
          <option key={value} value={value}>
            {roles[value]}
          </option>
        ))}
      </Select>
      <SubmitButton variant="secondary" name="intent" value="role" aria-label={fill(words.saveRoleOf, { name })}>
        {words.saveRole}
      </SubmitButton>
    </Form>
  );
}

function Out({ one, team, sends, after }: { one: Someone } & Omit<Props, "members">) {
  const words = useWords("teams.page");
  const fill = useFill();
  const dialog = `out-${one.userId}`;
  const said = { name: one.name, team };
  return (
    <>
      <OpenDialog
        dialog={dialog}
        variant="quiet"
        icon={one.isMe ? <LogOut aria-hidden="true" /> : <UserMinus aria-hidden="true" />}
        aria-label={one.isMe ? undefined : fill(words.removeOf, said)}
      >
        {one.isMe ? words.leave : words.remove}
      </OpenDialog>
      <Confirm
        id={dialog}
        danger
        title={fill(one.isMe ? words.leaveTitle : words.removeTitle, said)}
        text={after}
        confirm={one.isMe ? words.leaveConfirm : words.removeConfirm}
        sends={{ ...sends, intent: "remove", user: one.userId, name: one.name }}
      />
    </>
  );
}
