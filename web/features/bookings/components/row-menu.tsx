import {
  Ban,
  CalendarSync,
  Check,
  CircleCheck,
  DoorOpen,
  Link as LinkIcon,
  MoreHorizontal,
  PanelRight,
  UserX,
  X,
} from "lucide-react";

import type { Shown } from "#web/features/bookings/act.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { openDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { IconMenu, MenuButton, MenuDivider, MenuLink } from "#web/ui/menu.tsx";
import { toast } from "#web/ui/toast.tsx";

/** What is called off, or turned down, once its host has said why. */
export interface Ending {
  intent: "rejected" | "cancelled";
  rows: readonly { id: string; name: string }[];
}

export const endingDialog = "end-bookings";

interface Props {
  row: Shown;
  now: string;
  onEnd: (ending: Ending) => void;
}

/** What a booking's state allows its host to do, from wherever it is shown. */
export function RowMenu({ row, now, onEnd }: Props) {
  const words = useWords("bookings.desk");
  const fill = useFill();
  const { id, name, status, startTime, meetingLink } = row;
  const isPending = status === "pending";
  const isOn = isPending || status === "confirmed";
  const hasBegun = startTime <= now;
  const intent = isPending ? "rejected" : "cancelled";
  const link = meetingLink ?? `/bookings/${id}`;
  const copy = () => navigator.clipboard.writeText(new URL(link, location.href).href).then(() => toast(words.copied));
  return (
    <IconMenu label={fill(words.more, { name })} icon={<MoreHorizontal aria-hidden="true" />}>
      <MenuLink to={`/bookings/${id}`} icon={<PanelRight aria-hidden="true" />}>
        {words.open}
      </MenuLink>
      {meetingLink && (
        <MenuLink to={new URL(meetingLink).pathname} icon={<DoorOpen aria-hidden="true" />}>
          {words.join}
        </MenuLink>
      )}
      <MenuButton onClick={copy} icon={<LinkIcon aria-hidden="true" />}>
        {meetingLink ? words.copyRoom : words.copyPage}
      </MenuButton>
      {isOn && !hasBegun && (
        <MenuLink to={`/bookings/${id}/move`} icon={<CalendarSync aria-hidden="true" />}>
          {words.move}
        </MenuLink>
      )}
      {(isOn || status === "completed" || status === "no_show") && (
        <Form preventScrollReset>
          <input type="hidden" name="who" value={id} />
          {isPending && !hasBegun && (
            <MenuButton type="submit" name="intent" value="confirmed" icon={<Check aria-hidden="true" />}>
              {words.approve}
            </MenuButton>
          )}
          {hasBegun && !isPending && status !== "completed" && (
            <MenuButton type="submit" name="intent" value="completed" icon={<CircleCheck aria-hidden="true" />}>
              {words.complete}
            </MenuButton>
          )}
          {hasBegun && !isPending && status !== "no_show" && (
            <MenuButton type="submit" name="intent" value="no_show" icon={<UserX aria-hidden="true" />}>
              {words.noShow}
            </MenuButton>
          )}
        </Form>
      )}
      {isOn && (
        <>
          <MenuDivider />
          <MenuButton
            danger
            icon={isPending ? <X aria-hidden="true" /> : <Ban aria-hidden="true" />}
            onClick={() => {
              onEnd({ intent, rows: [{ id, name }] });
              openDialog(endingDialog);
            }}
          >
            {isPending ? words.decline : words.cancel}
          </MenuButton>
        </>
      )}
    </IconMenu>
  );
}
