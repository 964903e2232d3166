import { useWords } from "#web/platform/words.ts";
import { TabLinks } from "#web/ui/list.tsx";

/** The pages of one's own settings. Their words are `identity.settings`. */
export function SettingsTabs() {
  const words = useWords("identity.settings");
  return (
    <TabLinks
      label={words.tabs}
      tabs={[
        { to: "/me/settings", label: words.profile },
        { to: "/me/sessions", label: words.sessions },
      ]}
    />
  );
}
