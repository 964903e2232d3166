import { CalendarPlus, ChartColumn, Ellipsis, FileSpreadsheet, Hourglass, Rss } from "lucide-react";

import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Dialog, openDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { ButtonMenu, MenuButton, MenuDivider, MenuLink } from "#web/ui/menu.tsx";
import { CopyField } from "#web/ui/share.tsx";

const feedDialog = "booking-feed";

interface Props {
  filter: Record<string, string>;
  feedUrl: string | null;
  hasGroups: boolean;
}

/**
 * What is not for every day. The way out of the house for what the list shows: a table, a calendar file, or a calendar that
 * keeps itself up to date; and on a phone the pages that have buttons of their own where there is room.
 */
export function MoreOfDesk({ filter, feedUrl, hasGroups }: Props) {
  const words = useWords("bookings.desk");
  const { cursor: _, ...which } = filter;
  const query = new URLSearchParams(which);
  return (
    <>
      <ButtonMenu label={words.further} icon={<Ellipsis aria-hidden="true" />}>
        <div className="sm:hidden">
          <MenuLink to="/analytics" icon={<ChartColumn aria-hidden="true" />}>
            {words.figures}
          </MenuLink>
          {hasGroups && (
            <MenuLink to="/waitlist" icon={<Hourglass aria-hidden="true" />}>
              {words.waitlist}
            </MenuLink>
          )}
          <MenuDivider />
        </div>
        <MenuLink
          reloadDocument
          to={`/api/v1/events/bookings.csv?${query}`}
          icon={<FileSpreadsheet aria-hidden="true" />}
        >
          {words.csv}
        </MenuLink>
        <MenuLink reloadDocument to={`/api/v1/events/bookings.ics?${query}`} icon={<CalendarPlus aria-hidden="true" />}>
          {words.ics}
        </MenuLink>
        <MenuDivider />
        <MenuButton icon={<Rss aria-hidden="true" />} onClick={() => openDialog(feedDialog)}>
          {words.feed}
        </MenuButton>
      </ButtonMenu>
      <Dialog id={feedDialog} title={words.feedTitle} text={words.feedText}>
        {feedUrl && <CopyField label={words.feedUrl} value={feedUrl} />}
        <Form preventScrollReset className="flex flex-wrap justify-end gap-2">
          {feedUrl && (
            <SubmitButton variant="danger" name="intent" value="unfeed">
              {words.unfeed}
            </SubmitButton>
          )}
          <SubmitButton variant={feedUrl ? "secondary" : "primary"} name="intent" value="feed">
            {feedUrl ? words.renewFeed : words.makeFeed}
          </SubmitButton>
        </Form>
      </Dialog>
    </>
  );
}
