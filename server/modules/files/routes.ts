import { files } from "#contract/files.ts";
import { read } from "#server/modules/files/service.ts";
import { answer } from "#server/platform/dispatch.ts";

const widths = { "640": 640, "1600": 1600 } as const;

answer(files.get, (ctx, { params, query }) => read(ctx, params.id, query.width && widths[query.width]));
