import { describe, expect, it } from "vitest";
import { z } from "zod";

import { formResult } from "#web/platform/form.ts";

const Input = z.object({
  name: z.string().trim().min(1),
  seats: z.int().min(1).optional(),
  note: z.string().nullable(),
  wantsNews: z.boolean(),
  sides: z.array(z.string()).optional(),
  guests: z.array(z.object({ name: z.string().min(1), age: z.number().optional() })).optional(),
});

const posted = (...entries: [string, string][]) => {
  const form = new FormData();
  for (const [name, value] of entries) form.append(name, value);
  return form;
};

const given = async (input: unknown) => input;

describe("formResult", () => {
  it("gives texts the types that the schema expects", async () => {
    const form = posted(
      ...(
        [
          ["name", " Ada "],
          ["seats", "3"],
          ["note", ""],
          ["wantsNews", "false"],
          ["wantsNews", "true"],
        ] as const
      ).map(([name, value]): [string, string] => [name, value]),
      ["sides", "virtual"],
      ["sides", "in_person"],
      ["guests.0.name", "Grace"],
      ["guests.0.age", "85"],
    );

    expect(await formResult(form, Input, given)).toEqual({
      ok: true,
      value: {
        name: "Ada",
        seats: 3,
        note: null,
        wantsNews: true,
        sides: ["virtual", "in_person"],
        guests: [{ name: "Grace", age: 85 }],
      },
    });
  });

  it("takes an emptied text as empty, and an emptied number or choice as not given", async () => {
    const schema = z
      .object({ note: z.string().max(9), seats: z.int(), side: z.enum(["a"]), name: z.string().min(1) })
      .partial();

    const result = await formResult(posted(["note", ""], ["seats", ""], ["side", ""], ["name", ""]), schema, given);

    expect(result).toEqual({ ok: true, value: { note: "" } });
  });

  it("names the fields that need another look and keeps what was typed, but no password", async () => {
    const form = posted(["name", ""], ["seats", "none"], ["note", "x"], ["wantsNews", "false"], ["password", "secret"]);

    const result = await formResult(form, Input, given);

    expect(result).toMatchObject({
      ok: false,
      code: "request.invalid",
      fields: { name: { code: "missing", values: { minimum: 1 } }, seats: { code: "number" } },
      typed: { name: "", seats: "none", note: "x" },
    });
    expect(JSON.stringify(result)).not.toContain("secret");
  });

  it("reads what nobody knows the names of, with lists where names go on with numbers", async () => {
    const form = posted(["said.one", "a"], ["said.two.0", "b"], ["said.two.3", "c"], ["said.three", ""]);
    const result = await formResult(form, z.object({ said: z.record(z.string(), z.unknown()).default({}) }), given);
    expect(result).toMatchObject({ value: { said: { one: "a", two: ["b", "c"], three: "" } } });
  });

  it("turns a refusal into something the form can show", async () => {
    const form = posted(["name", "Ada"], ["note", ""], ["wantsNews", "true"]);
    const full = Object.assign(new Error("Every seat is taken."), {
      code: "registration.sold_out",
      details: { left: 0 },
    });

    const result = await formResult(form, Input, () => Promise.reject(full));

    expect(result).toMatchObject({
      ok: false,
      code: "registration.sold_out",
      details: { left: 0 },
      typed: { name: "Ada" },
    });
  });

  it("lets what is not a refusal fly on", async () => {
    const form = posted(["name", "Ada"], ["note", ""], ["wantsNews", "true"]);
    await expect(formResult(form, Input, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  });

  it("puts what is taken to the field that says it, where the form has one", async () => {
    const refuse = () => {
      throw { code: "event.slug_taken", message: "Another event has this address.", details: {} };
    };
    const Slug = z.object({ slug: z.string().optional() });

    const result = await formResult(posted(["slug", "ball"]), Slug, refuse);
    const elsewhere = await formResult(posted(), Slug, refuse);

    expect(result).toMatchObject({ fields: { slug: { says: "Another event has this address." } } });
    expect(elsewhere).toMatchObject({ fields: {}, message: "Another event has this address." });
  });
});
