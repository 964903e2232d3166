import { create } from "qrcode";

export interface QrPicture {
  /** Side of the square, in modules, with its quiet zone. */
  size: number;
  /** All dark modules as one path. */
  path: string;
}

const quiet = 4;

/** Draws a code for `QrCode`. For loaders only: the library stays on the server. */
export function qrPath(code: string): QrPicture {
  const { modules } = create(code, { errorCorrectionLevel: "M" });
  const runs: string[] = [];
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (!modules.get(y, x)) continue;
      const start = x;
      while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
      runs.push(`M${start + quiet} ${y + quiet}h${x - start + 1}v1h-${x - start + 1}z`);
    }
  }
  return { size: modules.size + 2 * quiet, path: runs.join("") };
}
