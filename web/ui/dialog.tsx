import { X } from "lucide-react";
import { type ComponentProps, type ReactNode, useEffect, useId, useRef } from "react";
import { useLocation } from "react-router";

import { useWords } from "#web/platform/words.ts";
import { Button, IconButton, SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";

/** The browser's own words for "this button opens, or closes, that dialog"; they work before any script does. */
const commands = (dialog: string, command: "show-modal" | "close") => ({ commandfor: dialog, command }) as object;

const dialogOf = (id: string) => document.getElementById(id) as HTMLDialogElement | null;

/** A button that opens the `Dialog` with this id. */
export function OpenDialog({ dialog, ...rest }: { dialog: string } & ComponentProps<typeof Button>) {
  return (
    <Button
      {...rest}
      {...commands(dialog, "show-modal")}
      aria-haspopup="dialog"
      onClick={(press) => {
        rest.onClick?.(press);
        const opened = dialogOf(dialog);
        // Where the browser does not know the command yet.
        if (opened && !opened.open && !("commandForElement" in press.currentTarget)) opened.showModal();
      }}
    />
  );
}

export const openDialog = (id: string) => dialogOf(id)?.showModal();
export const closeDialog = (id: string) => dialogOf(id)?.close();

interface DialogProps {
  id: string;
  title: string;
  text?: ReactNode;
  children: ReactNode;
  /** For forms that stay on the page (fetchers): closes when this becomes true. Navigations close it by themselves. */
  done?: boolean;
  role?: "alertdialog";
  onClose?: () => void;
}

/** Asks or shows something on top of the page. The browser keeps the keyboard inside and gives it back afterwards. */
export function Dialog({ id, title, text, children, done, role, onClose }: DialogProps) {
  const words = useWords("ui.common");
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { key } = useLocation();
  const shownAt = useRef(key);

  useEffect(() => {
    const hasMoved = shownAt.current !== key;
    shownAt.current = key;
    const hasProblem = dialog.current?.querySelector("[data-problem]");
    if (done || (hasMoved && !hasProblem)) dialog.current?.close();
  }, [key, done]);

  return (
    <dialog
      ref={dialog}
      id={id}
      role={role}
      aria-labelledby={titleId}
      onClose={onClose}
      // A press on the veil is a press on the dialog itself: its content lies in the box.
      onClick={(press) => press.target === dialog.current && dialog.current.close()}
      onKeyDown={() => undefined}
      className="dialog"
    >
      <div className="grid gap-4 p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-lg!">
            {title}
          </h2>
          <IconButton
            label={words.close}
            onClick={() => dialog.current?.close()}
            className="-me-2 -mt-2"
            {...commands(id, "close")}
          >
            <X aria-hidden="true" />
          </IconButton>
        </div>
        {text && <p className="-mt-2 text-ink-soft">{text}</p>}
        {children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  id: string;
  title: string;
  /** What will happen, exactly. */
  text: ReactNode;
  /** The verb on the button: "Cancel and tell 43 people". */
  confirm: string;
  danger?: boolean;
  /** Something new comes of it: there is nothing yet to be left as it is. */
  makes?: boolean;
  /** What the form sends besides, as `{ intent: "cancel" }`: by that it knows an answer for its own. */
  sends?: Record<string, string>;
  form?: Omit<ComponentProps<typeof Form>, "children" | "sends">;
  done?: boolean;
  children?: ReactNode;
}

/** Asks once more before something that cannot be taken back; a form, so it is sent like any other. */
export function Confirm({ id, title, text, confirm, danger, makes, sends, form, done, children }: ConfirmProps) {
  const words = useWords("ui.common");
  return (
    <Dialog id={id} title={title} text={text} done={done} role="alertdialog">
      <Form {...form} sends={sends} className="grid gap-4">
        {children}
        <div className="mt-2 flex flex-wrap justify-end gap-2 max-sm:flex-col-reverse">
          <Button onClick={() => closeDialog(id)} {...commands(id, "close")}>
            {makes ? words.cancel : words.leave}
          </Button>
          <SubmitButton className={danger ? "bg-bad! text-paper!" : ""}>{confirm}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
