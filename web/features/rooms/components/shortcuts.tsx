import { useEffect, useRef, useState } from "react";

import { useWords } from "#web/platform/words.ts";
import { Dialog } from "#web/ui/dialog.tsx";

interface Acts {
  microphone: () => void;
  talk: (on: boolean) => void;
  camera: () => void;
  screen: () => void;
  chat: () => void;
  people: () => void;
  layout: () => void;
  help: () => void;
  isMicrophoneOn: boolean;
}

const keys = { m: "microphone", v: "camera", s: "screen", c: "chat", p: "people", l: "layout", "?": "help" } as const;
const kept = "plenary-shortcuts";

const isOn = () => {
  try {
    return localStorage.getItem(kept) !== "off";
  } catch {
    return true;
  }
};

/** Single keys, while nobody writes and no dialog is open; whoever dictates or trembles switches them off. */
export function useShortcuts(acts: Acts): void {
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useEffect(() => {
    let talks = false;
    const down = (press: KeyboardEvent) => {
      if (!isOn() || press.ctrlKey || press.metaKey || press.altKey || isBusy(press.target)) return;
      if (press.key === " " && !(press.target instanceof HTMLButtonElement)) {
        press.preventDefault();
        if (press.repeat || talks || latest.current.isMicrophoneOn) return;
        talks = true;
        latest.current.talk(true);
        return;
      }
      const name = keys[press.key.toLowerCase() as keyof typeof keys];
      if (!name || press.repeat) return;
      press.preventDefault();
      latest.current[name]();
    };
    const up = (press: KeyboardEvent) => {
      if (press.key !== " " || !talks) return;
      talks = false;
      latest.current.talk(false);
    };
    addEventListener("keydown", down);
    addEventListener("keyup", up);
    return () => {
      removeEventListener("keydown", down);
      removeEventListener("keyup", up);
    };
  }, []);
}

const isBusy = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, dialog[open], [popover]:popover-open") !== null);

/** What the keys are, and the switch that lets them rest. */
export function ShortcutsDialog() {
  const words = useWords("rooms.help");
  const [on, setOn] = useState(true);
  useEffect(() => setOn(isOn()), []);
  const rows = [...Object.entries(keys), [words.space, "talk"] as const];
  return (
    <Dialog id="shortcuts" title={words.title}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2 text-sm">
        {rows.map(([key, name]) => (
          <div key={name} className="contents">
            <dt>{words[name]}</dt>
            <dd>
              <kbd className="rounded-sm border border-edge bg-sunken px-2 py-0.5 font-sans text-xs uppercase">
                {key}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
      <label className="flex items-start gap-3 border-t border-line pt-4 text-sm">
        <input
          type="checkbox"
          role="switch"
          className="switch"
          checked={on}
          aria-checked={on}
          onChange={({ currentTarget }) => {
            setOn(currentTarget.checked);
            try {
              localStorage.setItem(kept, currentTarget.checked ? "on" : "off");
            } catch {
              // A browser that keeps nothing has them on.
            }
          }}
        />
        <span>
          {words.on}
          <span className="block text-xs text-ink-soft">{words.onHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
