import { type RefObject, useEffect, useState } from "react";

/** Is the pointer over an element, or the keyboard in it? Escape says no until they come back. */
export function useHover(watched: RefObject<HTMLElement | null>): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const element = watched.current;
    if (!element) return;
    const over = () => setOver(true);
    const out = () => setOver(false);
    const hideOnEscape = ({ key }: KeyboardEvent) => key === "Escape" && setOver(false);
    const listeners = { mouseenter: over, focusin: over, mouseleave: out, focusout: out };
    for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener);
    document.addEventListener("keydown", hideOnEscape);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) element.removeEventListener(name, listener);
      document.removeEventListener("keydown", hideOnEscape);
    };
  }, [watched]);
  return isOver;
}
