import type { Route } from "#contract/route.ts";
import { openApiDocument } from "#server/platform/openapi.ts";

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

type Described = Omit<Operation, "method" | "path">;

/** The OpenAPI document as those read it who know nothing else of us. */
export function describe(routes: readonly Route[]): Document {
  const { paths, components } = openApiDocument(routes) as {
    paths: Record<string, Record<string, Described>>;
    components: { schemas: Record<string, Schema> };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ ...described, method: method.toUpperCase(), path })),
  );
  return { operations, components: components.schemas };
}

export function resolve(schema: Schema, components: Document["components"]): Schema {
  const name = schema.$ref?.split("/").at(-1);
  if (name === undefined) return schema;
  const found = components[name];
  if (!found) throw new Error(`The document does not have ${schema.$ref}.`);
  return found;
}
