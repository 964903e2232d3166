import { ArrowDown, ArrowUp, Plus, Trash2, X } from "lucide-react";

import type { Speaker } from "#contract/agenda.ts";
import type { EventView } from "#contract/events.ts";
import { paths } from "#contract/paths.gen.ts";
import { ChoosePicture } from "#web/features/organize/components/choose-picture.tsx";
import { usePicture } from "#web/features/organize/components/use-picture.ts";
import { type Rows, staying, useFirstWords } from "#web/features/organize/components/use-rows.ts";
import { newId } from "#web/platform/id.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, IconButton } from "#web/ui/button.tsx";
import { Field, TextArea } from "#web/ui/field.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Avatar } from "#web/ui/surface.tsx";

interface Props {
  event: EventView;
  rows: Rows<Speaker>;
  /** Named at this event as speaking, with accounts of their own. */
  team: readonly { userId: string; name: string }[];
}

const blank = { name: "", headline: "", bio: "", url: "", pictureUrl: null };

/** Who speaks, in the order in which the page shows them. */
export function EditorSpeakers({ event, rows: list, team }: Props) {
  const words = useWords("organize.agenda");
  const fill = useFill();
  const { rows } = list;
  const others = team.filter(({ name }) => !rows.some((row) => row.name === name));
  return (
    <>
      {/* What the form says when all are gone. */}
      <input type="hidden" name="speakers" value="" />
      <ol className="grid gap-3">
        {rows.map((speaker, index) => (
          <li key={speaker.id} className="rounded-panel border border-line bg-surface p-4">
            <SpeakerFields event={event} speaker={speaker} index={index} list={list} />
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        <Button
          data-add
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={() => list.add({ ...blank, id: newId() })}
        >
          {words.speakerAdd}
        </Button>
        {others.map(({ userId, name }) => (
          <Button
            key={userId}
            size="sm"
            variant="quiet"
            icon={<Plus aria-hidden="true" />}
            onClick={() => list.fill({ ...blank, name, id: newId() })}
          >
            {fill(words.speakerFromTeam, { name })}
          </Button>
        ))}
      </div>
    </>
  );
}

interface FieldsProps {
  event: EventView;
  speaker: Speaker;
  index: number;
  list: Rows<Speaker>;
}

function SpeakerFields({ event, speaker, index, list }: FieldsProps) {
  const words = useWords("organize.agenda");
  const fill = useFill();
  const { id } = speaker;
  const at = `speakers.${index}`;
  const named = { name: speaker.name || words.nobody };
  const isLast = index === list.rows.length - 1;
  const row = useFirstWords(speaker.name === "");
  return (
    <fieldset ref={row} className="grid gap-4 [&>details]:border-b-0!">
      <legend className="sr-only">{named.name}</legend>
      <input type="hidden" name={`${at}.id`} value={id} />
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <Picture event={event} speaker={speaker} />
        <span className="ms-auto flex">
          <IconButton
            label={fill(words.earlier, named)}
            aria-disabled={index === 0}
            onClick={(click) => index > 0 && staying(click, () => list.move(id, -1))}
          >
            <ArrowUp aria-hidden="true" />
          </IconButton>
          <IconButton
            label={fill(words.later, named)}
            aria-disabled={isLast}
            onClick={(click) => !isLast && staying(click, () => list.move(id, 1))}
          >
            <ArrowDown aria-hidden="true" />
          </IconButton>
          <IconButton label={fill(words.remove, named)} onClick={(click) => staying(click, () => list.remove(id))}>
            <X aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      <div data-first className="grid items-start gap-4 sm:grid-cols-2">
        <Field
          name={`${at}.name`}
          label={words.name}
          defaultValue={speaker.name}
          onInput={({ currentTarget }) => list.say(id, { name: currentTarget.value })}
          maxLength={120}
          autoComplete="off"
          required
        />
        <Field
          name={`${at}.headline`}
          label={words.headline}
          defaultValue={speaker.headline}
          placeholder={words.headlineExample}
          maxLength={160}
          optional
        />
      </div>
      <Fold title={words.more} isOpen={speaker.bio !== "" || speaker.url !== ""}>
        <div className="grid gap-4">
          <TextArea
            name={`${at}.bio`}
            label={words.bio}
            defaultValue={speaker.bio}
            maxLength={2000}
            rows={2}
            optional
          />
          <Field
            name={`${at}.url`}
            label={words.url}
            type="url"
            defaultValue={speaker.url}
            placeholder="https://"
            maxLength={300}
            optional
          />
        </div>
      </Fold>
    </fieldset>
  );
}

/** Their picture goes its own way, once the house knows them. */
function Picture({ event, speaker: { id, name } }: Pick<FieldsProps, "event" | "speaker">) {
  const words = useWords("organize.agenda");
  const fill = useFill();
  const known = event.speakers.find((one) => one.id === id);
  const path = paths.speakers.setPicture.path.replace(":id", event.id).replace(":speakerId", id);
  const { isBusy, hasFailed, send } = usePicture(path);
  return (
    <span className="flex flex-wrap items-center gap-3">
      <Avatar name={name || "?"} src={known?.pictureUrl} size={56} />
      {known && (
        <ChoosePicture
          variant="quiet"
          pending={isBusy}
          aria-label={fill(words.pictureOf, { name: name || words.nobody })}
          choose={(picture) => send("PUT", picture)}
        >
          {words.picture}
        </ChoosePicture>
      )}
      {known?.pictureUrl && (
        <IconButton label={fill(words.pictureRemove, { name: name || words.nobody })} onClick={() => send("DELETE")}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      )}
      <span role={hasFailed ? "alert" : undefined} className={`text-xs ${hasFailed ? "text-bad" : "text-ink-soft"}`}>
        {hasFailed ? words.pictureFailed : known ? "" : words.pictureLater}
      </span>
    </span>
  );
}
