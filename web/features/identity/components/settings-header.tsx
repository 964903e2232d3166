import { useWords } from "#web/platform/words.ts";
import { TabLinks } from "#web/ui/list.tsx";
import { PageHeader } from "#web/ui/page.tsx";

/** The head of the pages of one's own settings. Its words are `identity.settings`. */
export function SettingsHeader() {
  const words = useWords("identity.settings");
  return (
    <>
      <PageHeader title={words.title} text={words.lead} />
      <TabLinks
        label={words.tabs}
        tabs={[
          { to: "/me/settings", label: words.profile },
          { to: "/me/security", label: words.security },
          { to: "/me/notifications", label: words.notifications },
          { to: "/me/sessions", label: words.sessions },
          { to: "/me/data", label: words.data },
        ]}
      />
    </>
  );
}
