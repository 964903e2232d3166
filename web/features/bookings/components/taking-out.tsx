import { CalendarPlus, Download, FileSpreadsheet, Rss } from "lucide-react";

import { useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Dialog, openDialog } from "#web/ui/dialog.tsx";
import { Form } from "#web/ui/form.tsx";
import { Menu, MenuButton, MenuDivider, MenuLink } from "#web/ui/menu.tsx";
import { CopyField } from "#web/ui/share.tsx";

const feedDialog = "booking-feed";

/** The way out of the house for what the list shows: a table, a calendar file, or a calendar that keeps itself up to date. */
export function TakingOut({ filter, feedUrl }: { filter: Record<string, string>; feedUrl: string | null }) {
  const words = useWords("bookings.desk");
  const { cursor: _, ...which } = filter;
  const query = new URLSearchParams(which);
  return (
    <>
      <Menu
        label={words.export}
        trigger={
          <>
            <Download aria-hidden="true" className="size-4.5" />
            {words.export}
          </>
        }
        triggerClassName="touch inline-flex items-center gap-2 rounded-control border border-edge/60 bg-surface px-4 py-2 text-sm font-medium hover:border-ink-soft hover:bg-sunken"
      >
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
      </Menu>
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
