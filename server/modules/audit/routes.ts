import { audit } from "#contract/audit.ts";
import { listEntries, stateOf, watch } from "#server/modules/audit/service.ts";
import { answer } from "#server/platform/dispatch.ts";

answer(audit.list, (ctx, { query }) => listEntries(ctx, query));
answer(audit.state, stateOf);
answer(audit.verify, async (ctx) => {
  await watch(ctx);
  return stateOf(ctx);
});
