import { privacy } from "#contract/privacy.ts";
import { askToForget, forget } from "#server/modules/identity/service/leaving.ts";
import { askForExport, listExports, readExport } from "#server/modules/privacy/service/exporting.ts";
import { getLeaving, leave } from "#server/modules/privacy/service/leaving.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(privacy.exports, listExports);
answer(privacy.ask, askForExport);
answer(privacy.read, (ctx, { params }) => readExport(ctx, params.id));
answer(privacy.leaving, getLeaving);
answer(privacy.leave, async (ctx, { body }) => void (await leave(ctx, body)));
answer(privacy.askToForget, (ctx, { body }) => askToForget(ctx, body.email));
answer(privacy.forget, async (ctx, { body }) => void (await forget(ctx, body.token)));
