import { ChevronDown } from "lucide-react";
import { useEffect } from "react";
import { useRevalidator } from "react-router";

import type { Viewer } from "#contract/page.ts";
import { useWords } from "#web/platform/words.ts";
import { Bell } from "#web/shell/bell.tsx";
import { LanguageSwitch } from "#web/shell/language-switch.tsx";
import { LookSwitch } from "#web/shell/look-switch.tsx";
import { signedOut } from "#web/shell/viewer.ts";
import { Menu, MenuDivider, MenuForm, MenuLink } from "#web/ui/menu.tsx";
import { Avatar } from "#web/ui/surface.tsx";

/** Whoever signs out in one tab is signed out in all: what the others show is asked for again, and goes. */
function useSignOutOfTabs(): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const tabs = new BroadcastChannel(signedOut);
    tabs.onmessage = () => void revalidate();
    return () => tabs.close();
  }, [revalidate]);
}

/** Everything that is one's own. */
export default function OwnMenu({ viewer, named }: { viewer: Viewer; named?: boolean }) {
  useSignOutOfTabs();
  const words = useWords("shell.frame");
  return (
    <div className={`flex min-w-0 items-center gap-1 ${named ? "lg:flex-row-reverse lg:justify-between lg:ps-2" : ""}`}>
      <Bell viewer={viewer} />
      <Menu
        label={`${words.personMenu}: ${viewer.name}`}
        triggerClassName="touch inline-flex min-w-0 items-center gap-2 rounded-full pe-1 text-ink-soft hover:text-ink focus-visible:rounded-full"
        trigger={
          <>
            <Avatar name={viewer.name} src={viewer.pictureUrl} size={34} />
            {named && (
              <span
                dir="auto"
                className="line-clamp-2 min-w-0 text-start text-sm leading-tight font-medium break-words text-ink max-lg:hidden"
              >
                {viewer.name}
              </span>
            )}
            <ChevronDown aria-hidden="true" className="size-4 shrink-0 max-[22rem]:hidden" />
          </>
        }
      >
        <p className="truncate px-3 pt-2 font-medium">{viewer.name}</p>
        <p className="truncate px-3 pb-1 text-xs text-ink-soft">{viewer.email}</p>
        <MenuDivider />
        <MenuLink to="/me">{words.mine}</MenuLink>
        <MenuLink to="/me/notices">{words.notices}</MenuLink>
        <MenuLink to="/organize">{words.organize}</MenuLink>
        {viewer.isAdmin && <MenuLink to="/admin">{words.admin}</MenuLink>}
        <MenuLink to="/me/settings">{words.profile}</MenuLink>
        <MenuDivider />
        <div className="flex items-center justify-between gap-3 px-3 py-1 text-sm text-ink-soft">
          {words.look}
          <LookSwitch />
        </div>
        <div className="px-3 text-sm text-ink-soft">
          <LanguageSwitch />
        </div>
        <MenuForm action="/sign-out">{words.signOut}</MenuForm>
      </Menu>
    </div>
  );
}
