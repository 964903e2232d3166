import { createContext, use } from "react";

import { useWords } from "#web/platform/words.ts";

/** One operation of the OpenAPI document, with what a reader wants to see of it. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  guarded: boolean;
  parameters: { name: string; in: "path" | "query" | "header"; required: boolean; type: string }[];
  body: string | null;
  answers: { status: string; says: string; shape: string | null }[];
}

interface Described {
  operationId: string;
  tags: string[];
  summary: string;
  security?: unknown[];
  parameters?: { name: string; in: "path" | "query" | "header"; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, Said | { $ref: string }>;
}

interface Said {
  description: string;
  content?: Record<string, { schema: Schema }>;
}

interface Document {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Schema>; responses: Record<string, Said> };
}

type Schema = Record<string, unknown>;

/** The operations of an OpenAPI document, grouped by their tag. */
export function operationsOf(document: object): { tag: string; operations: Operation[] }[] {
  const { paths, components } = document as Document;
  const groups = new Map<string, Operation[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const tag = described.tags[0] ?? "";
      groups.set(tag, [...(groups.get(tag) ?? []), operationOf(path, method, described, components.responses)]);
    }
  }
  return [...groups].map(([tag, operations]) => ({ tag, operations }));
}

/** The shapes that an OpenAPI document names, as a reader writes them down. */
export function shapesOf(document: object): { name: string; shape: string }[] {
  const named = Object.entries((document as Document).components.schemas);
  return named.map(([name, schema]) => ({ name, shape: shapeOf(schema) })).sort((a, b) => a.name.localeCompare(b.name));
}

function operationOf(path: string, method: string, described: Described, known: Record<string, Said>): Operation {
  const body = Object.values(described.requestBody?.content ?? {})[0];
  return {
    id: described.operationId,
    method: method.toUpperCase(),
    path,
    summary: described.summary,
    guarded: described.security !== undefined,
    parameters: (described.parameters ?? []).map(({ name, in: where, required = false, schema }) => ({
      name,
      in: where,
      required,
      type: typeOf(schema),
    })),
    body: body ? shapeOf(body.schema) : null,
    answers: Object.entries(described.responses).map(([status, said]) => {
      const { description = "", content = {} } = "$ref" in said ? (known[nameIn(said.$ref)] ?? {}) : said;
      const first = Object.values(content)[0];
      return { status, says: description, shape: Number(status) < 400 && first ? shapeOf(first.schema) : null };
    }),
  };
}

const nameIn = (ref: string) => ref.split("/").at(-1) ?? "";

const typeOf = (schema: Schema | undefined): string => {
  if (typeof schema?.$ref === "string") return nameIn(schema.$ref);
  if (Array.isArray(schema?.enum)) return schema.enum.join(" | ");
  return [schema?.format ?? schema?.type ?? ""].flat().join(" | ");
};

/** A schema as a reader writes it down: `{ name: string, sides?: … }`. */
function shapeOf(schema: Schema, depth = 0): string {
  const {
    properties,
    required = [],
    items,
    anyOf,
    oneOf,
    $ref,
  } = schema as {
    properties?: Record<string, Schema>;
    required?: string[];
    items?: Schema;
    anyOf?: Schema[];
    oneOf?: Schema[];
    $ref?: string;
  };
  if ($ref) return nameIn($ref);
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map((choice) => shapeOf(choice, depth)).join(" | ");
  if (items) return `${shapeOf(items, depth)}[]`;
  if (!properties) return typeOf(schema) || "any";
  const indent = "  ".repeat(depth + 1);
  const lines = Object.entries(properties).map(
    ([name, property]) => `${indent}${name}${required.includes(name) ? "" : "?"}: ${shapeOf(property, depth + 1)}`,
  );
  return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
}

export function Asks({ operation: { parameters, body } }: { operation: Operation }) {
  const words = useWords("api.page");
  if (parameters.length === 0 && !body) return null;
  return (
    <>
      <h3 className="mt-4 text-sm">{words.asks}</h3>
      <ul className="mt-2 grid gap-1">
        {parameters.map(({ name, in: where, required, type }) => (
          <li key={`${where}.${name}`}>
            <code>{name}</code>{" "}
            <span className="text-ink-soft">
              <Written text={[type, words[where], required && words.required].filter(Boolean).join(" · ")} />
            </span>
          </li>
        ))}
      </ul>
      {body && <Shape label={words.body} shape={body} />}
    </>
  );
}

export function Answers({ operation: { answers } }: { operation: Operation }) {
  const words = useWords("api.page");
  return (
    <div className="min-w-0">
      <h3 className="text-sm">{words.answers}</h3>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
        {answers.map(({ status, says, shape }) => (
          <div key={status} className="contents">
            <dt className="tabular font-semibold">{status}</dt>
            <dd className="min-w-0 break-words">{shape ? <Shape label={says} shape={shape} /> : says}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Shape({ label, shape }: { label: string; shape: string }) {
  return (
    <figure className="mt-2 min-w-0">
      <figcaption className="text-ink-soft text-xs">{label}</figcaption>
      <Code text={shape} />
    </figure>
  );
}

export function Code({ text }: { text: string }) {
  return (
    // A long shape scrolls, so the keyboard must be able to reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region
    <pre tabIndex={0} className="mt-1 max-h-80 overflow-auto rounded-control bg-sunken p-3 text-xs">
      <Written text={text} />
    </pre>
  );
}

/** The names of the shapes that have a place on this page. */
export const ShapeNames = createContext<ReadonlySet<string>>(new Set());

/** The place of a shape on this page. */
export const placeOf = (name: string) => `shape-${name}`;

/** What is written of a shape, where the names of others lead to them. */
function Written({ text }: { text: string }) {
  const names = use(ShapeNames);
  let at = 0;
  return text.split(/\b([A-Z]\w+)\b/).map((word) => {
    at += word.length;
    return names.has(word) ? (
      <a key={at} className="link" href={`#${placeOf(word)}`}>
        {word}
      </a>
    ) : (
      word
    );
  });
}
