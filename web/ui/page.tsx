import { ArrowLeft } from "lucide-react";
import type { CSSProperties, ReactNode } from "react";
import { Link } from "react-router";

interface HeaderProps {
  title: ReactNode;
  /** A line above the title: a kind, a date, a state. */
  over?: ReactNode;
  text?: ReactNode;
  /** Buttons at the end of the line; below the text on a phone. */
  actions?: ReactNode;
  back?: { to: string; label: string };
}

/** The head of a page, with its one `h1`. */
export function PageHeader({ title, over, text, actions, back }: HeaderProps) {
  return (
    <header className="mb-8 grid gap-3">
      {back && (
        <Link
          to={back.to}
          className="-ms-1 inline-flex min-h-9 items-center gap-1.5 justify-self-start px-1 text-sm text-ink-soft hover:text-ink pointer-coarse:min-h-11"
        >
          <ArrowLeft aria-hidden="true" className="size-4 rtl:-scale-x-100" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
        <div className="grid min-w-0 grid-cols-1 gap-2">
          {over && <p className="text-sm text-ink-soft">{over}</p>}
          <h1>{title}</h1>
          {text && <p className="max-w-[65ch] text-base text-ink-soft">{text}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
    </header>
  );
}

/** A page of text or of one form: one narrow column. */
export function NarrowPage({ children, style }: { children: ReactNode; style?: CSSProperties }) {
  return (
    <div style={style} className="frame max-w-[34rem]! py-10 sm:py-16">
      {children}
    </div>
  );
}

/** A page as wide as the frame. */
export function WidePage({ children }: { children: ReactNode }) {
  return <div className="frame py-8 sm:py-12">{children}</div>;
}

interface MessageProps {
  /** A lucide icon. */
  icon: ReactNode;
  title: string;
  text: string;
  action: ReactNode;
}

/** All that a page has to say: that its link opens nothing, or that something is on its way. */
export function PageMessage({ icon, title, text, action }: MessageProps) {
  return (
    <div className="grid justify-items-center gap-4 text-center">
      <span className="text-accent [&_svg]:size-12 [&_svg]:stroke-[1.25]">{icon}</span>
      <h1>{title}</h1>
      <p className="text-base text-ink-soft">{text}</p>
      {action}
    </div>
  );
}
