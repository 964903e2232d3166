import { Suspense } from "react";
import { useLocation } from "react-router";

import { signInFrom } from "#web/platform/next.ts";
import { part } from "#web/platform/part.ts";
import { useWords } from "#web/platform/words.ts";
import { useViewer } from "#web/shell/viewer.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Avatar } from "#web/ui/surface.tsx";

// Strangers, who are most readers, do not wait for a menu that they never see.
const OwnMenu = part(() => import("#web/shell/own-menu.tsx"));

/** Sign in, or everything that is one's own. `named` has the name beside the picture, where there is room. */
export function PersonMenu({ named }: { named?: boolean }) {
  const words = useWords("shell.frame");
  const viewer = useViewer();
  const here = useLocation();
  if (viewer) {
    return (
      <Suspense fallback={<Avatar name={viewer.name} src={viewer.pictureUrl} size={34} />}>
        <OwnMenu viewer={viewer} named={named} />
      </Suspense>
    );
  }
  const isEntrance = here.pathname === "/" || here.pathname.startsWith("/sign-");
  return (
    <ButtonLink to={isEntrance ? "/sign-in" : signInFrom(here)} size="sm">
      {words.signIn}
    </ButtonLink>
  );
}
