import { withHouse } from "#ops/with-house.ts";
import { stateOf, watch } from "#server/modules/audit/service.ts";
import { inASentence } from "#server/platform/startup.ts";

try {
  const { open, last } = await withHouse(async (ctx) => {
    await watch(ctx);
    return stateOf(ctx);
  });
  const breaks = last?.breaks ?? [];
  console.log(`${last?.links ?? 0} entries are chained, ${open} are not yet.`);
  if (breaks.length > 0) {
    console.error(`The audit log was altered at:\n${breaks.join("\n")}`);
    process.exitCode = 1;
  } else console.log("Every chain holds.");
} catch (error) {
  console.error(inASentence(error) ?? error);
  process.exitCode = 1;
}
