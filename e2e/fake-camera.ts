import { writeFileSync } from "node:fs";
import { create } from "qrcode";

const width = 640;
const height = 480;
const framesPerSecond = 10;

/** Writes a film of tickets held before a camera one after the other, each for some seconds, as Chromium's fake camera plays it. */
export function filmTickets(path: string, shots: readonly { code: string | null; seconds: number }[]): void {
  const frames = shots.flatMap(({ code, seconds }) => {
    const frame = frameOf(code);
    return Array.from({ length: Math.round(seconds * framesPerSecond) }, () => frame);
  });
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([head, ...frames]));
}

const dark = 26;
const light = 224;

/** One picture of a code a little off the middle, as a hand would hold it; or of an empty room. */
function frameOf(code: string | null): Buffer {
  const luma = Buffer.alloc(width * height, 90);
  if (code !== null) {
    const { modules } = create(code, { errorCorrectionLevel: "M" });
    const quiet = 4;
    const side = modules.size + 2 * quiet;
    const scale = Math.floor((height * 0.86) / side);
    const left = Math.floor((width - side * scale) / 2) + 23;
    const top = Math.floor((height - side * scale) / 2) - 9;
    for (let y = 0; y < side * scale; y++) {
      for (let x = 0; x < side * scale; x++) {
        const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet];
        const isInside = column >= 0 && row >= 0 && column < modules.size && row < modules.size;
        luma[(top + y) * width + left + x] = isInside && modules.get(row, column) ? dark : light;
      }
    }
  }
  const chroma = Buffer.alloc((width / 2) * (height / 2) * 2, 128);
  return Buffer.concat([Buffer.from("FRAME\n"), luma, chroma]);
}
