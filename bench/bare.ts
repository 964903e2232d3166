// What the product's answers are held against: the same Fastify with the same query and nothing of ours around it, and
// a bare page of the same framework. One process, on the core it is given.
import { Readable } from "node:stream";
import Fastify from "fastify";
import { createRequestHandler, RouterContextProvider } from "react-router";

import { barePage } from "#bench/bare-page.ts";
import { findView } from "#server/modules/events/repo/event.ts";
import { createDb, createPool } from "#server/platform/db.ts";
import { createLog } from "#server/platform/log.ts";

const [url = "", port = "0"] = process.argv.slice(2);
const db = createDb(createPool(url, { max: 20, log: createLog("error") }));
const app = Fastify();

app.get<{ Params: { name: string } }>("/event/:name", ({ params }) => findView(db, params.name, { now: new Date() }));

const handle = createRequestHandler(barePage, "production");
app.get("/page", async (request, reply) => {
  const answer = await handle(new Request(`http://${request.host}/page`), new RouterContextProvider());
  reply.code(answer.status);
  for (const [name, value] of answer.headers) reply.header(name, value);
  return reply.send(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]));
});

await app.listen({ port: Number(port), host: "127.0.0.1" });
