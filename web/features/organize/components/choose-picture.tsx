import { ImagePlus } from "lucide-react";
import { type ComponentProps, useRef } from "react";

import { Button } from "#web/ui/button.tsx";
import { pictureKinds } from "#web/ui/picture-field.tsx";

type Props = Omit<ComponentProps<typeof Button>, "onClick" | "icon"> & { choose: (picture: File) => void };

/** A button that asks for a picture of the reader's device. It goes its own way: the form around has nothing to save for it. */
export function ChoosePicture({ choose, ...button }: Props) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={file}
        type="file"
        accept={pictureKinds}
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(change) => {
          change.stopPropagation();
          const { target } = change;
          const [picture] = target.files ?? [];
          if (picture) choose(picture);
          target.value = "";
        }}
      />
      <Button {...button} size="sm" icon={<ImagePlus aria-hidden="true" />} onClick={() => file.current?.click()} />
    </>
  );
}
