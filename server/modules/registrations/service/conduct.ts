import type { AcceptsConduct } from "#contract/conduct.ts";
import type { RegistrationDetail } from "#contract/registrations.ts";
import { isLiving } from "#domain/registrations/states.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/registrations/repo/conduct.ts";
import { findFor, getDetail } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * The code of conduct that is accepted by what somebody says; null where there is none. Refuses whoever has not said so,
 * and whoever has read other words than those that stand there now.
 */
export function acceptedOf(
  { conductVersion }: { conductVersion: string | null },
  said: AcceptsConduct | undefined,
): string | null {
  if (conductVersion === null || said === true || said === conductVersion) return conductVersion;
  const at = "body.acceptsConduct";
  const fault = said
    ? ({ at, code: "changed", key: "fields.conduct_changed" } as const)
    : ({ at, code: "required", key: "fields.conduct" } as const);
  throw new Problem("access.conduct_needed", { fields: [fault] });
}

/** Accepts the code of conduct as the holder of a place: theirs alone to say, not the team's nor of who took it along. */
export async function acceptConduct(ctx: Ctx, id: string, said: AcceptsConduct): Promise<RegistrationDetail> {
  const { row } = await findFor(ctx, id, async () => false);
  const { personId, status } = row;
  if (personId === null || !isLiving(status))
    throw new Problem("registration.wrong_status", { registrationStatus: status });
  const version = acceptedOf(row, said);
  if (version !== null && version !== row.acceptedVersion)
    await inTx(ctx, async (tctx) => {
      await repo.keepAccepted(tctx.db, { id, personId, version }, tctx.now());
      await audit(tctx, "registration.conduct", { kind: "registration", id }, { new: { conductVersion: version } });
    });
  return getDetail(ctx, id);
}
