import { mayLeadTo } from "#domain/scheduling/redirect.ts";
import { getSettings } from "#server/modules/installation/service/settings.ts";
import type { Ctx, TxCtx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

/** Where visitors are led once they have booked: exactly what the host wrote, while its site is on the installation's list. */
export async function redirectOf(ctx: Ctx | TxCtx, address: string): Promise<string> {
  if (address === "") return "";
  return mayLeadTo(address, (await getSettings(ctx)).redirectSites) ? address : "";
}

/** Refuses a new address to lead visitors to whose site the installation does not name. */
export async function assertMayLead(ctx: TxCtx, before: string, after: string): Promise<void> {
  if (after === before || after === "" || (await redirectOf(ctx, after)) !== "") return;
  throw new Problem("event_type.invalid", {
    fields: [{ at: "body.redirectUrlAfterBooking", code: "site_not_allowed" }],
  });
}
