import { randomUUID } from "node:crypto";
import fc from "fast-check";

import { type Document, resolve, type Schema } from "#ops/attack/document.ts";
import type { World } from "#ops/attack/world.ts";

/** What is known while values are made: names lead to things that are there. */
export interface Known {
  components: Document["components"];
  world: World;
}

type Values = fc.Arbitrary<unknown>;

/** Values that a schema allows, often about things that exist. */
export function valuesOf(given: Schema, name: string, known: Known): Values {
  const schema = resolve(given, known.components);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.properties || (schema.type === "object" && !schema.oneOf)) return objectsOf(schema, known);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((one) => valuesOf(one, name, known)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => plain({ ...schema, type }, name, known)));
  return plain(schema, name, known);
}

function plain(schema: Schema, name: string, known: Known): Values {
  switch (schema.type) {
    case "string":
      return textsOf(schema, name, known);
    case "integer":
      return fc.integer({ min: Math.max(schema.minimum ?? 0, -1e9), max: Math.min(schema.maximum ?? 1e9, 1e9) });
    case "number":
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e9, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valuesOf(schema.items ?? {}, name, known), { minLength: schema.minItems ?? 0, maxLength: 4 });
    default:
      return fc.jsonValue();
  }
}

function objectsOf({ properties = {}, required = [], oneOf }: Schema, known: Known): Values {
  const values = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, name, known)]),
  );
  const all = fc.record(values, { requiredKeys: required });
  if (!oneOf?.every((one) => one.required)) return all;
  // Choices among fields that exclude one another.
  const named = new Set(oneOf.flatMap((one) => one.required ?? []));
  return fc.oneof(
    ...oneOf.map(({ required: chosen = [] }) => {
      const fits = Object.entries(values).filter(([name]) => !named.has(name) || chosen.includes(name));
      return fc.record(Object.fromEntries(fits), { requiredKeys: [...required, ...chosen] });
    }),
  );
}

function textsOf(schema: Schema, name: string, known: Known): Values {
  const { emails, links } = known.world;
  if (/token/i.test(name)) return fc.oneof(fc.constantFrom(...links), sized(schema));
  if (/email/i.test(name) || schema.format === "email") {
    return fc.oneof(fc.constantFrom(...emails), fc.string({ maxLength: 8 }).map(toAddress));
  }
  if (schema.format === "uuid" || /^id$|Id$|_id$/.test(name)) return idsOf(name, known.world);
  if (schema.format === "date-time") return instants.map((date) => date.toISOString());
  if (schema.format === "date") return instants.map((date) => date.toISOString().slice(0, 10));
  if (schema.format === "uri") return fc.webUrl();
  return sized(schema);
}

const instants = fc.date({ min: new Date("1971-01-01"), max: new Date("2199-01-01"), noInvalidDate: true });
const toAddress = (text: string) => `u${Buffer.from(text).toString("hex")}@example.org`;

function sized({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  const most = Math.min(maxLength, 300);
  const isFree = pattern === undefined || pattern.startsWith("^[^\\u0000]");
  const texts = isFree
    ? fc.string({ minLength, maxLength: Math.max(most, minLength), unit: "grapheme" })
    : matching(pattern);
  return texts.map((text) => text.slice(0, maxLength));
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    // Looks ahead, which cannot be made backwards.
    return fc.constantFrom("/events", "abc", "2030-05-01T19:00", "en");
  }
}

/** Things that are there, mostly of the noun that is asked for, and some that are not. */
export function idsOf(name: string, { ids }: World, noun = nounOf(name)): fc.Arbitrary<string> {
  const fitting = ids[noun];
  const all = Object.values(ids).flat();
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(fitting ?? all)) },
    { weight: 1, arbitrary: fc.constantFrom(...all) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.constant(null).map(() => randomUUID()) },
  );
}

export function nounOf(name: string): string {
  const noun = name
    .replace(/_?id$/i, "")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
  if (noun === "occurrence") return "gatherings";
  if (noun === "person") return "people";
  return noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
