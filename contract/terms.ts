import { z } from "zod";

/** Tells one wording of a code of conduct from every other. */
export const ConductVersion = z.string().regex(/^[0-9a-f]{64}$/);

/** How old one must be to come. */
export const MinimumAge = z.int().min(1).max(120);

/** What somebody says to that which an event asks of whoever comes. */
export const saysToTerms = {
  /** `true` accepts the code of conduct as it stands; a version accepts that wording, and no other in its place. */
  acceptsConduct: z.union([z.boolean(), ConductVersion]).optional(),
  /** How old they confirm to be at least. */
  confirmsAge: MinimumAge.optional(),
};
export const SaysToTerms = z.strictObject(saysToTerms);
export type SaysToTerms = z.infer<typeof SaysToTerms>;

/** What an event asks of whoever comes, as far as it is left to accept: words to keep to, and an age to have. */
export const Terms = z.object({
  conduct: z.object({ text: z.string(), language: z.string(), version: ConductVersion }).nullable(),
  minimumAge: MinimumAge.nullable(),
});
export type Terms = z.infer<typeof Terms>;

/** The same with the registration by which it is accepted. */
export const OpenTerms = Terms.extend({ registrationId: z.uuid() });
export type OpenTerms = z.infer<typeof OpenTerms>;
