import { Trash2 } from "lucide-react";
import { type DragEvent, useState } from "react";

import type { EventView } from "#contract/events.ts";
import { paths } from "#contract/paths.gen.ts";
import { EventCover } from "#web/features/events/components/event-cover.tsx";
import { ChoosePicture } from "#web/features/organize/components/choose-picture.tsx";
import { usePicture } from "#web/features/organize/components/use-picture.ts";
import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { toneStyle } from "#web/ui/tone.ts";

interface Props {
  event: EventView;
  /** The picture changed; with it the version that the next save starts from. */
  onChanged: (version: number) => void;
}

/** The picture: dropped or chosen, else drawn in the colour that is set here. */
export function EditorCover({ event, onChanged }: Props) {
  const words = useWords("organize.edit");
  const [hue, setHue] = useState(event.hue);
  const { isBusy, hasFailed, send } = usePicture(
    paths.events.cover.path.replace(":id", event.id),
    ({ team }) => team && onChanged(team.version),
  );
  const [isOver, setOver] = useState(false);
  const drop = (dropped: DragEvent) => {
    dropped.preventDefault();
    setOver(false);
    const [picture] = dropped.dataTransfer.files;
    if (picture) send("PUT", picture);
  };
  return (
    <div style={toneStyle(hue)} className="grid gap-4">
      {/* A group and no landmark: the section around has this name already. */}
      <fieldset
        aria-label={words.cover}
        onDragOver={(over) => {
          over.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={`relative aspect-[2/1] overflow-hidden rounded-panel outline-offset-4 ${isOver ? "outline-2 outline-accent" : ""}`}
      >
        <EventCover event={{ ...event, hue }} sizes="40rem" />
        <p
          className={`absolute inset-0 grid place-content-center bg-veil text-lg text-white transition-opacity ${isOver || isBusy ? "opacity-100" : "opacity-0"}`}
          aria-hidden={!isBusy}
        >
          {isBusy ? words.coverBusy : words.coverDrop}
        </p>
      </fieldset>
      <div className="flex flex-wrap items-center gap-3">
        <ChoosePicture pending={isBusy} choose={(picture) => send("PUT", picture)}>
          {words.coverChoose}
        </ChoosePicture>
        {event.coverUrl !== null && (
          <Button size="sm" variant="quiet" icon={<Trash2 aria-hidden="true" />} onClick={() => send("DELETE")}>
            {words.coverRemove}
          </Button>
        )}
        <label className="flex min-h-11 flex-1 basis-48 items-center gap-3 text-sm font-medium">
          {words.hue}
          <input
            type="range"
            name="hue"
            min={0}
            max={359}
            defaultValue={event.hue}
            onChange={({ target }) => setHue(Number(target.value))}
            className="hue-range w-full"
          />
        </label>
      </div>
      <p role={hasFailed ? "alert" : undefined} className={`text-xs ${hasFailed ? "text-bad" : "text-ink-soft"}`}>
        {hasFailed ? words.coverFailed : words.coverHint}
      </p>
    </div>
  );
}
