import { MapPin, MapPinned, Video } from "lucide-react";
import { useState } from "react";

import type { EventView } from "#contract/events.ts";
import { useWords } from "#web/platform/words.ts";
import { Segmented } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";

interface Props {
  defaultFormat: EventView["format"];
  defaultPlace?: string;
}

/** Online, somewhere, or both; the place is asked for only where there is one. Which it is, the styles see for themselves. */
export function PlaceChoice({ defaultFormat, defaultPlace }: Props) {
  const words = useWords("organize.fresh");
  const [format, setFormat] = useState<string>();
  return (
    <div className="group/place grid gap-5">
      <Segmented
        name="format"
        label={words.format}
        defaultValue={defaultFormat}
        hint={(format ?? defaultFormat) === "virtual" ? words.virtualHint : undefined}
        onChoose={setFormat}
        options={[
          { value: "virtual", label: words.virtual, icon: <Video aria-hidden="true" /> },
          { value: "in_person", label: words.in_person, icon: <MapPin aria-hidden="true" /> },
          { value: "hybrid", label: words.hybrid, icon: <MapPinned aria-hidden="true" /> },
        ]}
      />
      <div className="group-has-[[name=format][value=virtual]:checked]/place:hidden">
        <Field
          name="placeName"
          label={words.placeName}
          placeholder={words.placePlaceholder}
          defaultValue={defaultPlace}
          maxLength={200}
          required={format === "in_person" || format === "hybrid"}
        />
      </div>
    </div>
  );
}
