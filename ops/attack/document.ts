import { readFileSync } from "node:fs";
import { join } from "node:path";

/** As much of JSON Schema as our document speaks. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Content {
  content?: Record<string, { schema: Schema }>;
}

export interface Operation {
  method: string;
  /** With `{names}`, below the API's own address. */
  path: string;
  parameters: { in: "path" | "query" | "header"; name: string; required?: boolean; schema: Schema }[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, Content>;
}

export interface Document {
  operations: Operation[];
  components: Record<string, Schema>;
}

type Described = Omit<Operation, "method" | "path" | "responses"> & {
  responses: Record<string, Content | { $ref: string }>;
};

/** The OpenAPI document as those read it who know nothing else of us. */
export function readDocument(): Document {
  const file = join(import.meta.dirname, "../../docs/openapi.json");
  const { paths, components } = JSON.parse(readFileSync(file, "utf8")) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, Schema>; responses: Record<string, Content> };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      ...described,
      responses: Object.fromEntries(
        Object.entries(described.responses).map(([status, said]) => [
          status,
          "$ref" in said ? named(said.$ref, components.responses) : said,
        ]),
      ),
      method: method.toUpperCase(),
      path,
    })),
  );
  return { operations, components: components.schemas };
}

export const resolve = (schema: Schema, components: Document["components"]): Schema =>
  schema.$ref === undefined ? schema : resolve(named(schema.$ref, components), components);

function named<T>(ref: string, all: Record<string, T>): T {
  const found = all[ref.split("/").at(-1) ?? ""];
  if (!found) throw new Error(`The document does not have ${ref}.`);
  return found;
}
