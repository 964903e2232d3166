import { z } from "zod";

import { route } from "#contract/route.ts";

export const platform = {
  openapi: route({
    method: "GET",
    path: "/openapi.json",
    summary: "Describe this API (OpenAPI 3.1)",
    status: 200,
    who: "anyone",
    reply: z.looseObject({}),
    problems: [],
  }),
};
