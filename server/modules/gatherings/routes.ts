import { gatherings } from "#contract/gatherings.ts";
import { calendar } from "#server/modules/gatherings/service/reading.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(gatherings.calendar, (ctx, { params, query }) => calendar(ctx, params.id, query.occurrence_id));
