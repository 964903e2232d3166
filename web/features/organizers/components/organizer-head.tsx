import { useSearchParams } from "react-router";

import { OrganizerChips } from "#web/features/organizers/components/organizer-chips.tsx";
import { useWords } from "#web/platform/words.ts";
import { TabLinks } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";

interface Props {
  title: string;
  text?: string;
  mine: readonly { id: string; name: string }[];
}

/** Above what belongs to an organizer itself: the parts of it, and which organizer where there are several. */
export function OrganizerHead({ title, text, mine }: Props) {
  const words = useWords("organizers.tabs");
  const [search] = useSearchParams();
  const organizer = search.get("organizer");
  const which = organizer ? `?organizer=${encodeURIComponent(organizer)}` : "";
  const tabs = [
    { to: `/organize/settings${which}`, label: words.face },
    { to: `/organize/team${which}`, label: words.team },
  ];
  return (
    <>
      <PageHeader title={title} text={text} />
      <TabLinks label={words.label} tabs={tabs} />
      <div className="mb-6 empty:hidden">
        <OrganizerChips name="organizer" mine={mine} label={words.whose} />
      </div>
    </>
  );
}
