import { Link } from "react-router";

import { useFill, useWords } from "#web/platform/words.ts";
import { useRoot } from "#web/shell/viewer.ts";
import { Logo } from "#web/ui/logo.tsx";

/** The mark and the name of this installation; leads to its first page. */
export function HomeLink({ className = "" }: { className?: string }) {
  const words = useWords("shell.frame");
  const fill = useFill();
  const name = useRoot()?.installation ?? "";
  return (
    <Link
      to="/"
      aria-label={fill(words.home, { name })}
      className={`me-auto inline-flex min-h-11 min-w-0 items-center text-ink ${className}`}
    >
      <Logo name={name} />
    </Link>
  );
}
