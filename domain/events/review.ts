/** What may happen to an event on its way through review, and to one that was out. */
export const reviewSteps = [
  "submitted",
  "withdrawn",
  "approved",
  "changes_asked",
  "rejected",
  "unpublished",
  "cancelled",
] as const;
export type ReviewStep = (typeof reviewSteps)[number];

const bySelf: ReadonlySet<ReviewStep> = new Set(["submitted", "withdrawn"]);
const sentBack: ReadonlySet<ReviewStep> = new Set(["changes_asked", "rejected", "unpublished"]);

export interface Publishing {
  /** Whose events are looked at, as the installation has it. */
  rule: "off" | "new_organizers" | "all";
  isAdmin: boolean;
  isTrusted: boolean;
  /** Whether an event of the same organizer has ever been published. */
  hasPublished: boolean;
  /** Oldest first. */
  steps: readonly ReviewStep[];
}

/**
 * Says whether an event has to be looked at before it is published.
 *
 * What was sent back comes back the same way, whatever the rule says by now; an admin's own publishing is the approval.
 */
export function needsReview({ rule, isAdmin, isTrusted, hasPublished, steps }: Publishing): boolean {
  if (isAdmin) return false;
  const decision = steps.findLast((step) => !bySelf.has(step));
  if (decision && sentBack.has(decision)) return true;
  if (rule === "off" || isTrusted) return false;
  return rule === "all" || !hasPublished;
}
