import { type ComponentProps, type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { Form, Link, useLocation } from "react-router";

import { buttonClasses, iconButtonClasses } from "#web/ui/button.tsx";

interface MenuProps {
  /** What opens it: the content of a button. */
  trigger: ReactNode;
  /** Its name for ears, when the trigger is a picture. */
  label: string;
  triggerClassName?: string;
  children: ReactNode;
}

/**
 * A list of links and buttons that opens below its button. The browser opens and closes it, so it works before any script
 * does; arrow keys move through it.
 */
export function Menu({ trigger, label, triggerClassName = "", children }: MenuProps) {
  const id = useId().replace(/\W/g, "");
  const { key } = useLocation();
  const list = useRef<HTMLElement>(null);
  const anchor = `--menu-${id}`;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        style={{ anchorName: anchor } as object}
        className={triggerClassName}
      >
        {trigger}
      </button>
      {/* A new page brings a new element, and so closes it. */}
      <nav
        key={key}
        ref={list}
        id={id}
        popover="auto"
        aria-label={label}
        style={{ positionAnchor: anchor } as object}
        onKeyDown={(press) => moveFocus(press, list.current)}
        onToggle={(toggle) => toggle.newState === "open" && place(toggle.currentTarget)}
        className="menu"
      >
        {children}
      </nav>
    </>
  );
}

/** A menu behind a button that says what it is. */
export const ButtonMenu = ({ icon, label, children }: { icon: ReactNode } & Pick<MenuProps, "label" | "children">) => (
  <Menu
    label={label}
    trigger={
      <>
        {icon}
        {label}
      </>
    }
    triggerClassName={buttonClasses({})}
  >
    {children}
  </Menu>
);

/** A menu behind a button of only an icon, for what stands beside it. */
export const IconMenu = ({
  icon,
  label,
  className,
  children,
}: { icon: ReactNode; className?: string } & Pick<MenuProps, "label" | "children">) => (
  <Menu label={label} trigger={icon} triggerClassName={iconButtonClasses("quiet", className)}>
    {children}
  </Menu>
);

/** Where the browser cannot anchor yet. */
function place(menu: HTMLElement): void {
  if (CSS.supports("anchor-name: --a")) return;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`)?.getBoundingClientRect();
  if (!button) return;
  menu.style.insetBlockStart = `${button.bottom + 6}px`;
  menu.style.insetInlineStart = `${Math.max(8, Math.min(button.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
}

function moveFocus(press: KeyboardEvent, menu: HTMLElement | null): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[press.key];
  if (!menu || step === undefined) return;
  press.preventDefault();
  const items = [...menu.querySelectorAll<HTMLElement>("a, button")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}

const line =
  "flex min-h-10 w-full items-center gap-3 px-3 text-start text-sm pointer-coarse:min-h-11 [&_svg]:size-4.5 [&_svg]:text-ink-soft";
const row = `${line} rounded-[7px] hover:bg-ink/7 focus-visible:rounded-[7px] focus-visible:-outline-offset-2`;

export function MenuLink({ icon, children, ...rest }: { icon?: ReactNode } & ComponentProps<typeof Link>) {
  return (
    <Link {...rest} className={row}>
      {icon}
      {children}
    </Link>
  );
}

interface MenuButtonProps extends ComponentProps<"button"> {
  icon?: ReactNode;
  danger?: boolean;
}

export function MenuButton({ icon, danger, children, ...rest }: MenuButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // What is done stays on this page, so nothing else would close the list.
      onClick={(press) => {
        rest.onClick?.(press);
        if (rest.type !== "submit") press.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
      }}
      className={`${row} ${danger ? "text-bad [&_svg]:text-bad!" : ""}`}
    >
      {icon}
      {children}
    </button>
  );
}

/** An entry that sends something: `<MenuForm action="/sign-out">`. */
export function MenuForm({
  icon,
  danger,
  children,
  ...form
}: { icon?: ReactNode; danger?: boolean } & ComponentProps<typeof Form>) {
  return (
    <Form method="post" {...form}>
      <MenuButton type="submit" icon={icon} danger={danger}>
        {children as ReactNode}
      </MenuButton>
    </Form>
  );
}

/** Why something that would stand here cannot be done now. */
export const MenuNote = ({ icon, children }: { icon?: ReactNode; children: ReactNode }) => (
  <p className={`${line} text-ink-soft`}>
    {icon}
    {children}
  </p>
);

export function MenuDivider() {
  return <hr className="my-1.5 border-line" />;
}
