import { type ProblemCode, problems } from "#contract/problems.ts";

/** An expected refusal. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: Record<string, unknown>;

  constructor(code: ProblemCode, details: Record<string, unknown> = {}) {
    super(problems[code].says);
    this.code = code;
    this.details = details;
  }

  /** RFC 9457. */
  toJSON() {
    const { status, says } = problems[this.code];
    return { ...this.details, type: `/problems/${this.code}`, title: says, status, code: this.code };
  }
}
