import type { ReactNode } from "react";

import { hueOf } from "#domain/look/tone.ts";
import { toneStyle } from "#web/ui/tone.ts";

/** A quiet frame around things that belong together. Prefer space and a hairline; a panel is for what stands beside a text. */
export function Panel({
  children,
  className = "",
  as: Element = "section",
  ...rest
}: {
  children: ReactNode;
  className?: string;
  as?: "section" | "div" | "aside" | "article" | "li";
  "aria-labelledby"?: string;
  "aria-label"?: string;
  id?: string;
}) {
  return (
    <Element {...rest} className={`rounded-panel border border-line bg-surface p-5 sm:p-6 ${className}`}>
      {children}
    </Element>
  );
}

interface SectionProps {
  id: string;
  title: string;
  text?: ReactNode;
  /** A link or button at the end of the title's line. */
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A titled part of a page, divided from the one above by a hairline where it follows another. */
export function Section({ id, title, text, action, children, className = "" }: SectionProps) {
  return (
    <section aria-labelledby={id} className={`[&+&]:mt-10 [&+&]:border-t [&+&]:border-line [&+&]:pt-10 ${className}`}>
      <div className="mb-5 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id={id}>{title}</h2>
        {action}
        {text && (
          <div className="basis-full">
            <p className="max-w-[65ch] text-ink-soft">{text}</p>
          </div>
        )}
      </div>
      {children}
    </section>
  );
}

type Mood = "neutral" | "accent" | "good" | "warn" | "bad" | "live";

const moods: Record<Mood, string> = {
  neutral: "bg-ink/7 text-ink-soft",
  accent: "bg-wash text-accent",
  good: "bg-good-wash text-good",
  warn: "bg-warn-wash text-warn",
  bad: "bg-bad-wash text-bad",
  live: "bg-live text-on-live",
};

/** A state in one or two words. The colour never says it alone. `live` is for what is on right now. */
export function Badge({ mood = "neutral", children }: { mood?: Mood; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap ${moods[mood]}`}
    >
      {mood === "live" && <span aria-hidden="true" className="animate-breathe size-1.5 rounded-full bg-current" />}
      {children}
    </span>
  );
}

/** A sentence or two that the reader should not miss: what happened, or what to do. Not for form problems. */
export function Notice({
  mood = "neutral",
  icon,
  title,
  children,
  action,
}: {
  mood?: Exclude<Mood, "live">;
  icon?: ReactNode;
  title?: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div
      role="status"
      className={`flex flex-wrap items-center gap-x-4 gap-y-3 rounded-control px-4 py-3 ${moods[mood]}`}
    >
      {icon && <span className="[&_svg]:size-5">{icon}</span>}
      <div className="min-w-0 flex-1 basis-56 text-sm text-ink">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  );
}

/** What a list shows when there is nothing in it: what will be here, and the next step. */
export function EmptyState({
  title,
  text,
  action,
  picture,
}: {
  title: string;
  text?: ReactNode;
  action?: ReactNode;
  picture?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-3 px-4 py-14 text-center">
      {picture && <div className="mb-2 text-ink-soft">{picture}</div>}
      <p className="font-serif text-lg font-[560] tracking-[-0.01em] text-balance">{title}</p>
      {text && <p className="max-w-[46ch] text-ink-soft">{text}</p>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** Text that people wrote in Markdown. The server has already cleaned it: never give it anything else. */
export function Prose({ html, lang, className = "" }: { html: string; lang?: string; className?: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized where it was written
  return <div lang={lang} className={`prose ${className}`} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Initials in the person's own hue, until there is a picture. */
export function Avatar({
  name,
  src,
  size = 40,
  className = "",
}: {
  name: string;
  src?: string | null;
  size?: number;
  className?: string;
}) {
  const box = { width: size, height: size, fontSize: size * 0.38 };
  if (src) {
    return (
      <img
        src={src}
        alt=""
        width={size}
        height={size}
        loading="lazy"
        style={box}
        className={`shrink-0 rounded-full bg-sunken object-cover ${className}`}
      />
    );
  }
  return (
    <span
      aria-hidden="true"
      style={{ ...box, ...toneStyle(hueOf(name)) }}
      className={`inline-grid shrink-0 place-items-center rounded-full bg-wash font-medium text-accent ${className}`}
    >
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/);
  const letters = [parts[0], parts.length > 1 ? parts.at(-1) : ""].map((part) => [...(part ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}
