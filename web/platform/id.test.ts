import { expect, it } from "vitest";
import { z } from "zod";

import { newId } from "#web/platform/id.ts";

it("is a UUID like any other, and each another one", () => {
  const ids = Array.from({ length: 200 }, newId);

  expect(ids.every((id) => z.uuidv4().safeParse(id).success)).toBe(true);
  expect(new Set(ids).size).toBe(200);
});
