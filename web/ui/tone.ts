import type { CSSProperties } from "react";

import { toneVariables } from "#domain/look/tone.ts";

/** The style that colours everything inside an element in a hue of its own. */
export const toneStyle = (hue: number): CSSProperties => toneVariables(hue) as CSSProperties;
