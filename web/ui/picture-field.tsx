import { type ReactNode, useEffect, useId, useState } from "react";

import { useWords } from "#web/platform/words.ts";
import { useFieldState } from "#web/ui/field-state.ts";

interface Props {
  name: string;
  label: string;
  hint?: ReactNode;
  /** What is shown until another is chosen. */
  children: ReactNode;
  round?: boolean;
}

/** What the house can read. */
export const pictureKinds = "image/jpeg,image/png,image/webp,image/avif,image/gif";

const mostBytes = 12 * 1024 * 1024;

/** A picture from the reader's device: seen at once where script runs, sent with its form (`encType="multipart/form-data"`). */
export function PictureField({ name, label, hint, children, round }: Props) {
  const id = useId();
  const words = useWords("ui.problem");
  const { problem } = useFieldState(name);
  const [preview, setPreview] = useState<string>();
  useEffect(() => () => URL.revokeObjectURL(preview ?? ""), [preview]);
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-4">
        <span
          className={`block shrink-0 overflow-hidden ${round ? "size-20 rounded-full" : "h-20 w-36 rounded-control"}`}
        >
          {preview ? <img src={preview} alt="" className="size-full object-cover" /> : children}
        </span>
        <input
          id={id}
          type="file"
          name={name}
          accept={pictureKinds}
          aria-describedby={`${id}-more`}
          aria-invalid={problem ? true : undefined}
          data-chosen={preview ? "" : undefined}
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            // Said before minutes of sending are lost.
            target.setCustomValidity(file && file.size > mostBytes ? words.tooLarge : "");
            setPreview(file && URL.createObjectURL(file));
          }}
          className="min-w-0 max-w-full flex-1 basis-56 text-sm text-ink-soft [@media(scripting:enabled)]:text-transparent file:me-3 file:min-h-10 file:rounded-control file:border file:border-edge/60 file:bg-surface file:px-4 file:text-sm file:font-medium file:text-ink hover:file:bg-sunken pointer-coarse:file:min-h-11"
        />
      </div>
      <p id={`${id}-more`} className={`text-xs ${problem ? "font-medium text-bad" : "text-ink-soft"}`}>
        {problem ?? hint}
      </p>
    </div>
  );
}
