import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { Form, Link, useLocation } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Avatar } from "#web/ui/surface.tsx";

/** Sign in, or everything that is one's own. A popover of links: it opens without any script. */
export function PersonMenu() {
  const words = useWords("shell.frame");
  const viewer = useViewer();
  const { pathname } = useLocation();
  if (!viewer) {
    return (
      <ButtonLink to={pathname === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(pathname)}`} size="sm">
        {words.signIn}
      </ButtonLink>
    );
  }
  return (
    <div className="person-menu">
      <button
        type="button"
        popoverTarget="person-menu"
        aria-label={`${words.personMenu}: ${viewer.name}`}
        className="touch inline-flex items-center gap-1 rounded-full pe-1 text-ink-soft hover:text-ink"
      >
        <Avatar name={viewer.name} src={viewer.pictureUrl} size={34} />
        <ChevronDown aria-hidden="true" className="size-4" />
      </button>
      {/* A new page closes it, since it is another element then. */}
      <nav key={pathname} id="person-menu" popover="auto" aria-label={words.personMenu} className="float-menu">
        <p className="truncate px-3 pt-2 font-medium">{viewer.name}</p>
        <p className="mb-2 truncate border-b border-line px-3 pb-3 text-xs text-ink-soft">{viewer.email}</p>
        <Item to="/me">{words.mine}</Item>
        <Item to="/organize">{words.organize}</Item>
        <Item to="/me/profile">{words.profile}</Item>
        {viewer.isAdmin && <Item to="/admin">{words.admin}</Item>}
        <Form method="post" action="/sign-out" className="mt-2 border-t border-line pt-2">
          <button type="submit" className={row}>
            {words.signOut}
          </button>
        </Form>
      </nav>
    </div>
  );
}

const row =
  "flex min-h-10 w-full items-center rounded-[7px] px-3 text-start text-sm hover:bg-ink/7 pointer-coarse:min-h-11";

function Item({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={row}>
      {children}
    </Link>
  );
}
