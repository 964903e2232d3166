import type { ComponentProps, ReactNode } from "react";
import { Link } from "react-router";

import { useFormState } from "#web/ui/form-state.ts";

type Variant = "primary" | "secondary" | "quiet" | "danger" | "live";
type Size = "sm" | "md" | "lg";

interface Look {
  /** One `primary` on a page; `quiet` has no edge; `live` is for joining what is on now and for nothing else. */
  variant?: Variant;
  size?: Size;
  /** A lucide icon, before the words. */
  icon?: ReactNode;
  wide?: boolean;
}

const base =
  "relative inline-flex items-center justify-center gap-2 rounded-control font-medium select-none whitespace-nowrap text-center no-underline " +
  "transition-[background-color,border-color,color,opacity,transform] duration-150 ease-house active:translate-y-px " +
  "disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55 focus-visible:rounded-control [&_svg]:shrink-0";

const variants: Record<Variant, string> = {
  primary: "bg-accent text-on-accent hover:bg-[color-mix(in_oklch,var(--accent)_88%,var(--ink))]",
  secondary: "border border-edge/60 bg-surface text-ink hover:border-ink-soft hover:bg-sunken",
  quiet: "text-ink hover:bg-ink/7",
  danger: "border border-bad/45 bg-surface text-bad hover:bg-bad-wash hover:border-bad",
  live: "bg-live text-on-live hover:bg-[color-mix(in_oklch,var(--live)_88%,black)]",
};

const sizes: Record<Size, string> = {
  sm: "min-h-9 pointer-coarse:min-h-11 px-3 text-sm [&_svg]:size-4",
  md: "touch px-4 py-2 text-sm [&_svg]:size-4.5",
  lg: "min-h-12 px-6 py-2.5 text-base [&_svg]:size-5",
};

/** How a button looks, for what has to be a button of its own making. */
export function buttonClasses({ variant = "secondary", size = "md", wide }: Look, extra = ""): string {
  return `${base} ${variants[variant]} ${sizes[size]} ${wide ? "w-full" : ""} ${extra}`;
}

type ButtonProps = Look & { pending?: boolean } & ComponentProps<"button">;

/** While `pending` it keeps its place and its words, and cannot be pressed twice. */
export function Button({ variant, size, icon, wide, pending, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-disabled={pending || undefined}
      {...rest}
      onClick={pending ? (press) => press.preventDefault() : rest.onClick}
      className={buttonClasses({ variant, size, wide }, className)}
    >
      {pending ? <Wheel /> : icon}
      {children}
    </button>
  );
}

/** Sends the form it stands in; shows by itself that the form is on its way. */
export function SubmitButton({ variant = "primary", ...rest }: ButtonProps) {
  const { isSending } = useFormState();
  return <Button type="submit" variant={variant} pending={isSending(rest.name, rest.value)} {...rest} />;
}

/** A place to go, looking like a button. */
export function ButtonLink({
  variant,
  size,
  icon,
  wide,
  children,
  className,
  ...rest
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={buttonClasses({ variant, size, wide }, className)}>
      {icon}
      {children}
    </Link>
  );
}

/** How a button of only an icon looks, for what has to be one of its own making. */
export const iconButtonClasses = (variant: Variant = "quiet", extra = ""): string =>
  `${base} ${variants[variant]} size-10 pointer-coarse:size-11 [&_svg]:size-5 ${extra}`;

/** Only an icon; `label` is what it does, for those who do not see it. */
export function IconButton({
  label,
  variant,
  pending,
  children,
  className,
  ...rest
}: { label: string; variant?: Variant; pending?: boolean } & ComponentProps<"button">) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={pending || undefined}
      {...rest}
      className={iconButtonClasses(variant, className)}
    >
      {pending ? <Wheel /> : children}
    </button>
  );
}

function Wheel() {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="animate-turn size-4" fill="none" strokeWidth="2">
      <circle cx="8" cy="8" r="6" stroke="currentColor" opacity="0.3" />
      <path d="M8 2a6 6 0 0 1 6 6" stroke="currentColor" strokeLinecap="round" />
    </svg>
  );
}
