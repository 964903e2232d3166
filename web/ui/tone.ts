import type { CSSProperties } from "react";

import { toneVariables } from "#domain/look/tone.ts";
import { kept } from "#web/platform/kept.ts";

/** The style that colours everything inside an element in a hue of its own. */
export const toneStyle: (hue: number) => CSSProperties = kept((hue) => toneVariables(hue) as CSSProperties);
