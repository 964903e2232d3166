import { z } from "zod";

/** Tells one wording of a code of conduct from every other. */
export const ConductVersion = z.string().regex(/^[0-9a-f]{64}$/);

/** `true` accepts the code of conduct as it stands; a `version` accepts that wording, and no other in its place. */
export const AcceptsConduct = z.union([z.boolean(), ConductVersion]);
export type AcceptsConduct = z.infer<typeof AcceptsConduct>;

/** A code of conduct that somebody has still to accept before they go in. */
export const Conduct = z.object({
  /** The registration by which it is accepted. */
  registrationId: z.uuid(),
  text: z.string(),
  language: z.string(),
  version: ConductVersion,
});
export type Conduct = z.infer<typeof Conduct>;
