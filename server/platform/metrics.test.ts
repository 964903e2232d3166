import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { tally } from "#server/platform/tally.ts";
import { startTestApp, type TestApp } from "#server/platform/testing.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const scrape = (headers: Record<string, string> = {}, remoteAddress = "127.0.0.1") =>
  t.request({ method: "GET", url: "/metrics", headers, remoteAddress });

describe("/metrics", () => {
  it("counts requests by route and status, and says how much there is", async () => {
    await scrape();
    await t.get("/events");
    await t.get("/events/nowhere");

    const { body, headers } = await scrape();

    expect(headers["content-type"]).toContain("text/plain");
    const counted = (route: string, status: number) =>
      `plenary_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"} 1`;
    expect(body).toContain(counted("/api/v1/events", 200));
    expect(body).toContain(counted("/api/v1/events/:id", 404));
    for (const name of ["plenary_letters", "plenary_rooms", "plenary_sockets", "plenary_database_connections"]) {
      expect(body).toMatch(new RegExp(`^${name}\\{?.* \\d+$`, "m"));
    }
    expect(body).toContain("process_cpu_seconds_total");
  });

  it("tells what was tallied, as often as it is asked", async () => {
    for (const outcome of ["made", "made", "moved"]) tally("plenary_tries_total", "Tries.", { outcome });
    await scrape();

    const { body } = await scrape();

    expect(body).toContain("# TYPE plenary_tries_total counter");
    expect(body).toContain('plenary_tries_total{outcome="made"} 2');
    expect(body).toContain('plenary_tries_total{outcome="moved"} 1');
  });

  it("is there for this machine alone, and only on an installation that nobody else reaches", async () => {
    expect((await scrape({}, "203.0.113.7")).statusCode).toBe(404);
    t.settings.isLoopback = false;
    expect((await scrape()).statusCode).toBe(404);
    t.settings.isLoopback = true;
  });

  it("is there for whoever brings the token, once there is one", async () => {
    t.settings.metricsToken = "a token of many letters";
    const statuses = [
      await scrape(),
      await scrape({ authorization: "Bearer another token of letters" }),
      await scrape({ authorization: "Bearer a token of many letters" }, "203.0.113.7"),
    ].map(({ statusCode }) => statusCode);
    t.settings.metricsToken = undefined;

    expect(statuses).toEqual([404, 404, 200]);
  });
});
