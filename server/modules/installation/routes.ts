import { installation } from "#contract/installation.ts";
import { changeSettings, getSettings } from "#server/modules/installation/service/settings.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(installation.settings, getSettings);
answer(installation.change, (ctx, { body }) => changeSettings(ctx, body));
