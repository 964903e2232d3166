import {
  ArrowLeftRight,
  Check,
  EllipsisVertical,
  Ticket,
  Undo2,
  UserRoundCheck,
  UserRoundPen,
  UserRoundX,
  X,
} from "lucide-react";

import type { Participant } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { IconMenu, MenuButton, MenuDivider, MenuLink, MenuNote } from "#web/ui/menu.tsx";

interface Props {
  person: Participant;
  /** The address of this list with a question about somebody in it. */
  asking: (what: "decline" | "cancel" | "rename" | "move", id: string) => string;
  /** There is more than one time or ticket at this event. */
  canMove: boolean;
}

/** What the team can do about somebody: the likeliest thing at once, the rest one press further. */
export function PersonActions({ person, asking, canMove }: Props) {
  const words = useWords("registrations.people");
  const { id, status } = person;
  if (status === "pending") {
    return (
      <div data-buttons className="flex items-center justify-end gap-2">
        <Form preventScrollReset>
          <input type="hidden" name="registration" value={id} />
          <SubmitButton size="sm" variant="secondary" name="intent" value="approve" icon={<Check aria-hidden="true" />}>
            {words.approve}
          </SubmitButton>
        </Form>
        <ButtonLink size="sm" variant="quiet" to={asking("decline", id)} icon={<X aria-hidden="true" />}>
          {words.decline}
        </ButtonLink>
      </div>
    );
  }
  if (status !== "confirmed" && status !== "waitlisted" && status !== "offered") return null;
  return <More person={person} asking={asking} canMove={canMove} />;
}

function More({ person, asking, canMove }: Props) {
  const words = useWords("registrations.people");
  const fill = useFill();
  const { id, name, status, attendance } = person;
  const marks = [
    { value: "attended", says: words.attended, icon: <UserRoundCheck aria-hidden="true" /> },
    { value: "no_show", says: words.noShow, icon: <UserRoundX aria-hidden="true" /> },
    { value: "unknown", says: words.unknown, icon: <Undo2 aria-hidden="true" /> },
  ].filter(({ value }) => value !== attendance);
  return (
    <IconMenu label={fill(words.more, { name })} icon={<EllipsisVertical aria-hidden="true" />}>
      {status === "confirmed" && (
        <>
          <Form preventScrollReset>
            <input type="hidden" name="registration" value={id} />
            {marks.map(({ value, says, icon }) => (
              <MenuButton key={value} type="submit" name="intent" value={value} icon={icon}>
                {says}
              </MenuButton>
            ))}
          </Form>
          <MenuDivider />
        </>
      )}
      {person.otherSides.length > 0 && (
        <>
          {person.otherSides.map((side) =>
            person.fullSides.includes(side) ? (
              <MenuNote key={side} icon={<ArrowLeftRight aria-hidden="true" />}>
                {fill(words.swapFull, { side })}
              </MenuNote>
            ) : (
              <Form key={side} preventScrollReset>
                <input type="hidden" name="registration" value={id} />
                <input type="hidden" name="side" value={side} />
                <MenuButton type="submit" name="intent" value="swap" icon={<ArrowLeftRight aria-hidden="true" />}>
                  {fill(words.swap, { side })}
                </MenuButton>
              </Form>
            ),
          )}
          <MenuDivider />
        </>
      )}
      {status === "confirmed" && canMove && (
        <MenuLink to={asking("move", id)} icon={<Ticket aria-hidden="true" />}>
          {words.move}
        </MenuLink>
      )}
      {status === "confirmed" && (
        <MenuLink to={asking("rename", id)} icon={<UserRoundPen aria-hidden="true" />}>
          {words.rename}
        </MenuLink>
      )}
      <MenuLink to={asking("cancel", id)} icon={<X aria-hidden="true" />}>
        {words.cancel}
      </MenuLink>
    </IconMenu>
  );
}
