import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { makeAccount, publishEvent } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";

const guests = 2000;
const atOnce = 100;
const day = 86_400_000;

/**
 * An event with two thousand guests is moved by a day: how long until the last of them has the letter, over SMTP, from
 * one process that does everything; and whether every reminder is that of the new time.
 */
export async function run(): Promise<void> {
  const post = await startPostOffice();
  const env = { SMTP_URL: `smtp://127.0.0.1:${(post.server.address() as AddressInfo).port}` };
  const product = await startProduct({ roles: "web,realtime,worker", env });
  try {
    const { cookie } = await makeAccount(product.db, "Host");
    const [url = ""] = product.urls;
    const headers = { cookie, "content-type": "application/json" };
    const ask = async (method: string, path: string, body: object) => {
      const reply = await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
      if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
      return (await reply.json()) as Record<string, unknown>;
    };
    const { id } = await publishEvent(url, cookie);
    for (let n = 0; n < guests; n += atOnce) {
      const people = Array.from({ length: atOnce }, (_, at) => ({
        name: `Guest ${n + at}`,
        email: `guest-${n + at}@moved.example`,
      }));
      await ask("POST", `/events/${id}/participants`, { people, letter: false });
    }
    await settled(product);
    const before = await remindersOf(product);
    const written = post.taken.length;
    const startTime = new Date(Date.now() + 20 * day);
    startTime.setUTCMinutes(0, 0, 0);
    const endTime = new Date(startTime.getTime() + 5_400_000);
    const began = performance.now();
    await ask("PATCH", `/events/${id}`, { startTime, endTime, notify: true });
    const answered = performance.now() - began;
    while (post.taken.length < written + guests && performance.now() - began < 300_000) await sleep(50);
    const seconds = (performance.now() - began) / 1000;
    await settled(product);
    const after = await remindersOf(product);
    const readers = new Set(post.taken.slice(written));
    const shifted = startTime.getTime() - Number(before.start);
    report(`An event with ${guests} guests is moved`, [
      { what: "answered after", value: answered / 1000, unit: "s" },
      { what: "the last letter was handed over after", value: seconds, unit: "s", goal: { atMost: 60 } },
      { what: "different people who have it", value: readers.size, unit: "", goal: { atLeast: guests } },
      { what: "letters more than people", value: post.taken.length - written - guests, unit: "", goal: { atMost: 0 } },
      { what: "timers of the event before", value: before.due.length, unit: "" },
      {
        what: "of them, not set anew for the new time",
        value: after.due.filter((at, n) => at - (before.due[n] ?? 0) !== shifted).length,
        unit: "",
        goal: { atMost: 0 },
      },
    ]);
  } finally {
    await product.stop();
    post.server.close();
  }
}

/** When the event begins, and when each of its reminders is due, by their names. */
async function remindersOf({ db }: Product): Promise<{ start: number; due: number[] }> {
  const { rows } = await db.query("select start_time from gatherings");
  const timers = await db.query("select due_at from timers where key like '%remind%' order by key");
  return { start: Number(rows[0].start_time), due: timers.rows.map(({ due_at }) => Number(due_at)) };
}

async function settled({ db }: Product): Promise<void> {
  for (let quiet = 0; quiet < 5; ) {
    const { rows } = await db.query("select count(*)::integer as n from graphile_worker._private_jobs");
    quiet = rows[0].n === 0 ? quiet + 1 : 0;
    await sleep(200);
  }
}

/** A mail server that takes everything, and remembers for whom. */
async function startPostOffice(): Promise<{ server: Server; taken: string[] }> {
  const taken: string[] = [];
  const server = createServer((socket) => {
    let rest = "";
    let isData = false;
    let reader = "";
    const answers = (line: string): string | undefined => {
      if (isData) {
        if (line !== ".") return undefined;
        isData = false;
        taken.push(reader);
        return "250 taken";
      }
      const [, to] = /^RCPT TO:<(.*)>/i.exec(line) ?? [];
      reader = to ?? reader;
      isData = /^DATA$/i.test(line);
      return isData ? "354 go on" : /^QUIT$/i.test(line) ? "221 bye" : "250 fine";
    };
    socket.on("error", () => {});
    socket.write("220 ready\r\n");
    socket.on("data", (chunk) => {
      const lines = `${rest}${chunk}`.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const says = answers(line);
        if (says) socket.write(`${says}\r\n`);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, taken };
}
