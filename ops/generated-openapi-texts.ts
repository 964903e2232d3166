import { z } from "zod";
import type { CreateDocumentOptions } from "zod-openapi";

type Override = Extract<NonNullable<CreateDocumentOptions["override"]>, (...args: never[]) => void>;

/** Texts with no half characters and no NUL, as `dispatch` wants them. */
const readable = "^[^\\u0000]*$";
/** The same, with something to read in it: what is only blanks is empty once it is trimmed. */
const filled = "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$";

/**
 * Says of what callers send all that we ask of it.
 *
 * Left alone, the document would know of a text that is trimmed and then read as an address only that it is a text.
 */
export const describeTexts: Override = ({ jsonSchema, zodSchema, io }) => {
  if (io === "output") return;
  const { def } = zodSchema._zod;
  if (def.type === "pipe" && isText(def.in) && isText(def.out)) {
    const { $schema: _, ...read } = z.toJSONSchema(def.out, { io: "input" });
    Object.assign(jsonSchema, read);
  }
  if (jsonSchema.type !== "string" || jsonSchema.pattern || jsonSchema.format || jsonSchema.enum) return;
  jsonSchema.pattern = isTrimmed(zodSchema) && (jsonSchema.minLength ?? 0) > 0 ? filled : readable;
};

const isText = ({ _zod: { def } }: z.core.$ZodType) => def.type === "string";

const isTrimmed = ({ _zod: { def } }: z.core.$ZodType) =>
  (def.checks ?? []).some(({ _zod }) => _zod.def.check === "overwrite");
