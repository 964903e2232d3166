import { z } from "zod";

import type { RawBody } from "#contract/route.ts";

/** A form with one picture in the field `picture`. For actions only. */
export const PictureInput = z.strictObject({
  picture: z.instanceof(File).refine(({ size }) => size > 0, "missing"),
});

/** A picture of a form as the API takes it: bytes. */
export async function rawOf({ picture }: z.output<typeof PictureInput>): Promise<RawBody> {
  return { bytes: Buffer.from(await picture.arrayBuffer()), headers: { "content-type": picture.type } };
}
