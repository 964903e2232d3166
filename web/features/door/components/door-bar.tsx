import { ArrowLeft, DoorOpen, Volume2, VolumeX } from "lucide-react";
import { Link } from "react-router";

import type { Door } from "#contract/tickets.ts";
import { allowSound } from "#web/features/door/components/signal.ts";
import { useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { closeDialog, Dialog, OpenDialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";

interface Props {
  door: Door;
  gate: string;
  onGate: (gate: string) => void;
  hasSound: boolean;
  onSound: (hasSound: boolean) => void;
}

/** The way out, what the door belongs to, which gate this is, and whether it makes sounds. */
export function DoorBar({ door, gate, onGate, hasSound, onSound }: Props) {
  const words = useWords("door.page");
  return (
    <header className="flex min-h-16 items-center gap-2 px-2 lg:px-6">
      <Link
        to={`/organize/events/${door.eventId}/people`}
        aria-label={words.leave}
        className="grid size-11 shrink-0 place-items-center rounded-control text-ink-soft hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-5 rtl:-scale-x-100" />
      </Link>
      <h1 className="me-auto min-w-0 truncate text-base! tracking-normal!">
        <span className="sr-only">{words.title}: </span>
        <span dir="auto">{door.title}</span>
      </h1>
      <OpenDialog
        dialog="gate"
        size="sm"
        icon={<DoorOpen aria-hidden="true" />}
        className={gate ? "max-w-40 min-w-0" : "shrink-0"}
      >
        <span className={gate ? "truncate" : "max-sm:sr-only"}>{gate || words.noGate}</span>
      </OpenDialog>
      <IconButton
        label={hasSound ? words.soundOn : words.soundOff}
        aria-pressed={hasSound}
        onClick={() => {
          allowSound();
          onSound(!hasSound);
        }}
      >
        {hasSound ? <Volume2 aria-hidden="true" /> : <VolumeX aria-hidden="true" />}
      </IconButton>
      <Dialog id="gate" title={words.gate} text={words.gateHint}>
        <form
          className="grid gap-4"
          onSubmit={(submit) => {
            submit.preventDefault();
            onGate(String(new FormData(submit.currentTarget).get("gate")).trim());
            closeDialog("gate");
          }}
        >
          <Field
            key={gate}
            name="gate"
            label={words.gate}
            placeholder={words.gatePlaceholder}
            defaultValue={gate}
            maxLength={60}
            quietLabel
          />
          <Button type="submit" variant="primary">
            {words.gateSave}
          </Button>
        </form>
      </Dialog>
    </header>
  );
}
