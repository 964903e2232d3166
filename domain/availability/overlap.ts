export interface Range {
  start: number;
  end: number;
}

/** Whether two half-open ranges share a moment (R1): what ends when another starts does not overlap it. */
export const overlaps = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;
