import { notifications } from "#contract/notifications.ts";
import { listNotices, readNotices } from "#server/modules/notifications/service/notices.ts";
import { getPreferences, openWishes, prefer, setWish } from "#server/modules/notifications/service/preferences.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(notifications.list, (ctx, { query }) => listNotices(ctx, query));
answer(notifications.read, (ctx, { body }) => readNotices(ctx, body.ids));
answer(notifications.preferences, (ctx) => getPreferences(ctx));
answer(notifications.openWishes, (ctx, { body }) => openWishes(ctx, body.token));
answer(notifications.setWish, (ctx, { body }) => setWish(ctx, body));
answer(notifications.prefer, (ctx, { body }) => prefer(ctx, body));
