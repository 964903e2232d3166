import { z } from "zod";

import { route } from "#contract/route.ts";

/** Pictures are kept in these widths; the widest that was sent is the last. */
export const pictureWidths = [640, 1600] as const;

/** Where a stored picture is read. */
export const fileUrl = (id: string, width?: (typeof pictureWidths)[number]): string =>
  `/api/v1/files/${id}${width === undefined ? "" : `?width=${width}`}`;

export const files = {
  get: route({
    method: "GET",
    path: "/files/:id",
    summary: "A stored picture",
    status: 200,
    who: "anyone",
    media: "image/webp",
    params: z.strictObject({ id: z.uuid() }),
    query: z.strictObject({ width: z.enum(["640", "1600"]).optional() }),
    reply: z.custom<AsyncIterable<Uint8Array>>(),
    problems: ["file.not_found"],
  }),
};
