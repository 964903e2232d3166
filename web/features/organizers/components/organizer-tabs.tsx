import { useSearchParams } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { TabLinks } from "#web/ui/list.tsx";

/** The parts of what belongs to an organizer itself. */
export function OrganizerTabs() {
  const words = useWords("organizers.tabs");
  const [search] = useSearchParams();
  const organizer = search.get("organizer");
  const which = organizer ? `?organizer=${encodeURIComponent(organizer)}` : "";
  const tabs = [
    { to: `/organize/settings${which}`, label: words.face },
    { to: `/organize/team${which}`, label: words.team },
  ];
  return <TabLinks label={words.label} tabs={tabs} />;
}
