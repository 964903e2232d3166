import { type ProblemCode, problems } from "#contract/problems.ts";
import { say } from "#server/platform/words.ts";

/** An expected refusal. Anything else that is thrown is a bug and becomes a 500. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly details: Record<string, unknown>;

  constructor(code: ProblemCode, details: Record<string, unknown> = {}) {
    super(problems[code].says);
    this.code = code;
    this.details = details;
  }

  /** The same refusal, said in another language. */
  in(locale: string): this {
    this.message = say(locale, `problems.${this.code}`);
    return this;
  }

  /** RFC 9457. */
  toJSON() {
    const { status } = problems[this.code];
    return { ...this.details, type: `/problems/${this.code}`, title: this.message, status, code: this.code };
  }
}
