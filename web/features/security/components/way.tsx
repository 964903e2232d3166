import type { ReactNode } from "react";

import { ButtonLink } from "#web/ui/button.tsx";

interface Props {
  icon: ReactNode;
  title: string;
  badge?: ReactNode;
  text: ReactNode;
  /** Where it is changed. */
  to: string;
  action: string;
}

/** One of the things that open an account: what it is, how it stands, and where it is changed. */
export function Way({ icon, title, badge, text, to, action }: Props) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line py-5 first:pt-0 last:border-b-0">
      <span aria-hidden="true" className="shrink-0 self-start text-ink-soft [&_svg]:size-6">
        {icon}
      </span>
      <div className="min-w-0 flex-1 basis-48">
        <h2 className="flex flex-wrap items-center gap-2 text-base!">
          {title}
          {badge}
        </h2>
        <p className="mt-0.5 text-sm wrap-anywhere text-ink-soft">{text}</p>
      </div>
      <ButtonLink to={to} size="sm" aria-label={`${action}: ${title}`}>
        {action}
      </ButtonLink>
    </li>
  );
}
