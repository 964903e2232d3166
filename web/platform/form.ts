import type { z } from "zod";

import { sentenceOfIssue } from "#contract/issue.ts";
import { refusalOf } from "#web/platform/refusal.ts";

/** What is wrong with one field: said by the house, or else `code` and `values` find the sentence. */
export interface FieldProblem {
  code: string;
  says: string;
  values: Record<string, string | number>;
}

export interface FormFailure {
  ok: false;
  code: string;
  message: string;
  details: Record<string, unknown>;
  fields: Record<string, FieldProblem>;
  /** What was typed, so that nobody types twice; never a password. */
  typed: Record<string, string>;
}

export type FormResult<T> = { ok: true; value: T } | FormFailure;

/**
 * Reads a posted form into the shape of a schema, hands it on, and turns refusals into something a form can show.
 *
 * Names with dots make depth (`attendees.0.name`). For actions only. Whatever is not a refusal flies on.
 */
export async function formResult<S extends z.ZodType, T>(
  source: Request | FormData,
  schema: S,
  run: (input: z.output<S>) => Promise<T>,
): Promise<FormResult<T>> {
  const form = source instanceof FormData ? source : await source.formData();
  const typed = typedIn(form);
  const read = schema.safeParse(shape(tree(form), schema), { reportInput: true });
  if (!read.success) {
    const fields = Object.fromEntries(read.error.issues.map((issue) => [issue.path.join("."), problemOf(issue)]));
    return { ok: false, code: "request.invalid", message: "", details: {}, fields, typed };
  }
  try {
    return { ok: true, value: await run(read.data) };
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    const { code, message, details } = refusal;
    const at = fieldOf[code];
    const fields = at && at in typed ? { [at]: { code, says: message, values: {} } } : fieldsOf(details);
    return { ok: false, code, message, details, fields, typed };
  }
}

/** Refusals that are about one field: they stand there, where the form has it. */
const fieldOf: Readonly<Record<string, string>> = {
  "event.slug_taken": "slug",
  "organizer.slug_taken": "slug",
  "event_type.name_taken": "name",
  "event_type.slug_taken": "eventTypeSlug",
};

function typedIn(form: FormData): Record<string, string> {
  const typed: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value === "string" && !/password|secret/i.test(name)) typed[name] = value;
  }
  return typed;
}

function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  const { sentence, values } = sentenceOfIssue(issue);
  return { code: sentence, says: "", values };
}

/** `request.invalid` names places as `body.email`. */
function fieldsOf({ fields }: Record<string, unknown>): Record<string, FieldProblem> {
  if (!Array.isArray(fields)) return {};
  return Object.fromEntries(
    fields.map(({ at, code, says }: { at: string; code: string; says: string }) => [
      at.replace(/^(body|query|params)\./, ""),
      { code, says, values: {} },
    ]),
  );
}

type Leaf = FormDataEntryValue[];
interface Tree {
  [name: string]: Tree | Leaf;
}

function tree(form: FormData): Tree {
  const root: Tree = Object.create(null);
  for (const name of new Set(form.keys())) {
    const steps = name.split(".");
    const last = steps.pop() ?? name;
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const branch: Tree = next && !Array.isArray(next) ? next : Object.create(null);
      at[step] = branch;
      at = branch;
    }
    at[last] = form.getAll(name);
  }
  return root;
}

interface Definition {
  type: string;
  innerType?: z.ZodType;
  in?: z.ZodType;
  element?: z.ZodType;
  shape?: Record<string, z.ZodType>;
}

const definitionOf = (schema: z.ZodType) => schema.def as unknown as Definition;

/** Gives texts of a form the types that the schema expects; what does not fit is left for the schema to refuse. */
function shape(value: Tree | Leaf | undefined, schema: z.ZodType): unknown {
  if (value === undefined) return undefined;
  const { type, innerType, in: before, element, shape: parts } = definitionOf(schema);
  if (type === "pipe" && before) return shape(value, before);
  if (innerType) return isEmpty(value) && type !== "readonly" ? absent(schema) : shape(value, innerType);
  if (Array.isArray(value)) return leaf(value, type, element);
  if (type === "array" && element) return Object.values(value).map((item) => shape(item, element));
  if (type === "record") return record(value);
  if (!parts) return value;
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => {
      const read = shape(value[name], part);
      return read === undefined ? [] : [[name, read]];
    }),
  );
}

/** What nobody knows the names of beforehand: texts, and lists where names go on with numbers. */
const record = (value: Tree): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, below]) => [
      name,
      Array.isArray(below) ? below.at(-1) : Object.values(below).flat(),
    ]),
  );

const isEmpty = (value: Tree | Leaf) => Array.isArray(value) && value.every((entry) => entry === "");

/** An emptied field means "nothing" where nothing is allowed, as a value of its own or as a text; and "not given" elsewhere. */
function absent(schema: z.ZodType): null | "" | undefined {
  if (schema.safeParse(null).success) return null;
  const blank = schema.safeParse("");
  // What makes a number or a choice of an empty text was not given.
  return blank.data === "" || Array.isArray(blank.data) ? "" : undefined;
}

function leaf(entries: Leaf, type: string, element: z.ZodType | undefined): unknown {
  if (type === "array" && element) {
    return entries.filter((entry) => entry !== "").map((entry) => leaf([entry], definitionOf(element).type, undefined));
  }
  const value = entries.at(-1);
  if (typeof value !== "string") return value;
  // A checkbox comes with a hidden "false" before it, so the last entry speaks.
  if (type === "boolean") return value === "on" || value === "true";
  if (type === "number" || type === "int") return value.trim() === "" ? undefined : Number(value);
  return value;
}
