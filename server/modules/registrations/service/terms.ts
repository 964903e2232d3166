import type { RegistrationDetail } from "#contract/registrations.ts";
import type { SaysToTerms } from "#contract/terms.ts";
import { isNothing, leftOf, type Terms } from "#domain/entitlement/terms.ts";
import { isLiving } from "#domain/registrations/states.ts";
import { record as audit } from "#server/modules/audit/service.ts";
import * as repo from "#server/modules/registrations/repo/terms.ts";
import { findFor, getDetail, saidOf } from "#server/modules/registrations/service/views.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/**
 * The terms, accepted by what somebody says to them. Refuses whoever has not said so, and whoever has read other words or
 * a lower age than those that stand there now.
 */
export function acceptedOf({ conduct, minimumAge }: Terms, { acceptsConduct, confirmsAge }: SaysToTerms): Terms {
  const faults = [
    ...(conduct === null || acceptsConduct === true || acceptsConduct === conduct
      ? []
      : [fault("acceptsConduct", acceptsConduct, "conduct")]),
    ...(minimumAge === null || (confirmsAge && confirmsAge >= minimumAge)
      ? []
      : [fault("confirmsAge", confirmsAge, "minimum_age")]),
  ];
  if (faults.length > 0) throw new Problem("access.terms_needed", { fields: faults });
  return { conduct, minimumAge };
}

const fault = (field: string, said: unknown, sentence: "conduct" | "minimum_age") =>
  said
    ? ({ at: `body.${field}`, code: "changed", key: `fields.${sentence}_changed` } as const)
    : ({ at: `body.${field}`, code: "required", key: `fields.${sentence}` } as const);

/** Accepts the terms as the holder of a place: theirs alone to say, not the team's nor of who took it along. */
export async function acceptTerms(ctx: Ctx, id: string, said: SaysToTerms): Promise<RegistrationDetail> {
  const { row } = await findFor(ctx, id, async () => false);
  const { personId, status } = row;
  if (personId === null || !isLiving(status))
    throw new Problem("registration.wrong_status", { registrationStatus: status });
  const accepted = acceptedOf(leftOf(row, saidOf(row)), said);
  if (!isNothing(accepted))
    await inTx(ctx, async (tctx) => {
      await repo.keepAccepted(tctx.db, { id, personId, accepted }, tctx.now());
      await audit(tctx, "registration.terms", { kind: "registration", id }, { new: { ...accepted } });
    });
  return getDetail(ctx, id);
}
