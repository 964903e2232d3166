import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

import { problems } from "#contract/problems.ts";
import type { Document } from "#ops/attack/document.ts";
import type { Shot } from "#ops/attack/shots.ts";

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Says what is wrong with an answer, if anything: by the document where the route was met, by our manners everywhere. */
export type Judge = (shot: Shot, reply: Reply) => string | undefined;

export function judgeBy({ components }: Document): Judge {
  const ajv = new Ajv2020({
    strict: false,
    validateFormats: false,
    schemas: [{ $id: "/", components: { schemas: components } }],
  });
  const known = new Map<object, ValidateFunction>();
  const fits = (schema: object, value: unknown): string | undefined => {
    const validate = known.get(schema) ?? ajv.compile(rooted(schema));
    known.set(schema, validate);
    if (validate(value)) return undefined;
    return `not as described: ${ajv.errorsText(validate.errors).slice(0, 300)}`;
  };
  return (shot, reply) => {
    const { status, text } = reply;
    if (status >= 500) return `ends with ${status}`;
    if (status >= 300 && status < 400) return `leads elsewhere: ${status}`;
    if (status < 300 && shot.isSmuggling) return "takes a field that is not for callers to name";
    const type = String(reply.headers["content-type"] ?? "");
    if (status >= 400 && shot.method !== "HEAD") {
      const wrong = manners(status, type, text);
      if (wrong) return wrong;
    }
    if (!shot.isOnTarget || shot.method === "HEAD") return undefined;
    const said = shot.operation.responses[String(status)];
    if (!said) return `answers ${status}, which its description does not know: ${text.slice(0, 120)}`;
    if (!said.content) return text === "" ? undefined : `answers ${status} with a body`;
    const [media, content] = Object.entries(said.content).find(([one]) => isOf(type, one)) ?? [];
    if (!content) return `answers ${status} as ${type}`;
    if (!media?.endsWith("json")) return undefined;
    const wrong = fits(content.schema, JSON.parse(text));
    return (
      wrong && (status < 400 ? wrong : `refuses with ${JSON.parse(text).code}, which its description does not name`)
    );
  };
}

const bare = (type: string) => type.split(";")[0]?.trim();
const isOf = (type: string, media: string) => media === "*/*" || bare(type) === bare(media);

const rooted = (schema: object) => JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"/#/components'));

function manners(status: number, type: string, text: string): string | undefined {
  if (bare(type) !== "application/problem+json") return `refuses with ${status} as ${type}`;
  const { code, status: said } = JSON.parse(text) as { code: string; status: number };
  const problem = Object.entries(problems).find(([known]) => known === code)?.[1];
  if (!problem) return `refuses with ${code}, which nobody knows`;
  return problem.status === status && said === status ? undefined : `refuses with ${status} and ${code}`;
}
