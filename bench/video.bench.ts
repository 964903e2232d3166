import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";

import { quantile } from "#bench/load.ts";
import { makeAccount, publishEvent } from "#bench/people.ts";
import { type Product, startProduct } from "#bench/product.ts";
import { report } from "#bench/report.ts";
import { engineConfig, mediaKey } from "#server/gateways/engine-config.ts";
import { findProgram } from "#server/gateways/engine-program.ts";
import { freePort } from "#server/platform/addresses.ts";
import { newSecret } from "#server/platform/secrets.ts";
import { readSettings } from "#server/platform/settings.ts";

const seconds = 12;
const listeners = 99;
const goal = { atMost: 75 };

/**
 * Video end to end: a picture of the clock is published through our door and proxy, decoded in another browser, and read
 * back there. Once with that one listener, once with 99 more who receive without decoding.
 */
export async function run(): Promise<void> {
  const engine = await startEngine();
  const product = await startProduct({ roles: "web,realtime,worker", env: engine.env });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
  try {
    const gatheringId = await openRoom(product);
    const receiver = await enter(browser, product, gatheringId, "Rita Receiver", `(${receive})`);
    const sender = await enter(browser, product, gatheringId, "Sam Sender", `(${send})`);
    await sleep(4000);
    const alone = await latencies(receiver.page);
    const crowd = await startListeners(engine, receiver.roomName);
    await sleep(2000);
    const crowded = await latencies(receiver.page);
    crowd.kill("SIGINT");
    await sender.page.close();
    report("Video end to end, 360p at 30 frames a second, through our door and proxy", [
      { what: "1 listener, p50", value: quantile(alone, 0.5), unit: "ms" },
      { what: "1 listener, p95", value: quantile(alone, 0.95), unit: "ms", goal },
      { what: `${listeners} more listeners, p50`, value: quantile(crowded, 0.5), unit: "ms" },
      { what: `${listeners} more listeners, p95`, value: quantile(crowded, 0.95), unit: "ms", goal },
      { what: "frames measured", value: alone.length + crowded.length, unit: "" },
    ]);
  } finally {
    await browser.close();
    await product.stop();
    engine.stop();
  }
}

const flags = [
  "--no-sandbox",
  "--autoplay-policy=no-user-gesture-required",
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

async function startEngine() {
  const secret = newSecret();
  const dataDir = mkdtempSync(join(tmpdir(), "plenary-bench-engine-"));
  const settings = readSettings({ PLENARY_DATA: dataDir, PORT: "3000" }, []);
  const signal = await freePort();
  const program = await findProgram(settings, () => {}).program;
  const config = engineConfig(
    { ...settings, secrets: { ...settings.secrets, media: secret } },
    { signal, media: await freePort(), webhook: "http://127.0.0.1:9/" },
  );
  const child = spawn(program, [], { stdio: "ignore", env: { ...process.env, LIVEKIT_CONFIG: config } });
  const url = `ws://127.0.0.1:${signal}`;
  await sleep(1000);
  return {
    url,
    secret,
    env: { LIVEKIT_URL: url, LIVEKIT_API_KEY: mediaKey, LIVEKIT_API_SECRET: secret },
    stop: () => child.kill("SIGKILL"),
  };
}

let host: Awaited<ReturnType<typeof makeAccount>>;

async function openRoom({ urls: [url = ""], db }: Product): Promise<string> {
  host = await makeAccount(db, "Hana Host");
  const startTime = new Date(Date.now() + 120_000).toISOString();
  const endTime = new Date(Date.now() + 3_600_000).toISOString();
  const event = await publishEvent(url, host.cookie, { startTime, endTime });
  const { rows } = await db.query("select id from gatherings where source_id = $1", [event.id]);
  const gatheringId = String(rows[0].id);
  await fetch(`${url}/api/v1/gatherings/${gatheringId}/start`, {
    method: "POST",
    headers: { cookie: host.cookie, "content-type": "application/json" },
    body: "{}",
  });
  return gatheringId;
}

/** Somebody in the room, in a page of their own that runs `program` with the connected room. */
async function enter(
  browser: Browser,
  product: Product,
  gatheringId: string,
  name: string,
  program: string,
): Promise<{ page: Page; roomName: string }> {
  const [url = ""] = product.urls;
  const person = await makeAccount(product.db, name);
  await product.db.query(
    "insert into gathering_roles (gathering_id, user_id, role, created_at) values ($1, $2, 'speaker', now())",
    [gatheringId, person.userId],
  );
  const pass = await fetch(`${url}/api/v1/gatherings/${gatheringId}/room/passes`, {
    method: "POST",
    headers: { cookie: person.cookie, "content-type": "application/json" },
    body: JSON.stringify({ device: "bench-device" }),
  });
  if (!pass.ok) throw new Error(`No pass: ${pass.status} ${await pass.text()}`);
  const { token } = (await pass.json()) as { token: string };
  const page = await browser.newPage();
  await page.goto(`${url}/health`);
  await page.addScriptTag({ path: "node_modules/livekit-client/dist/livekit-client.umd.js" });
  await page.evaluate(
    `(async () => {
      const room = new LivekitClient.Room({ adaptiveStream: false, dynacast: false });
      window.room = room;
      const ready = ${program}(room);
      await room.connect(${JSON.stringify(url.replace("http", "ws"))}, ${JSON.stringify(token)});
      await (await ready)();
    })()`,
  );
  const { video } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  return { page, roomName: video.room };
}

// The clock's low bits as cells of black and white, drawn for each frame.
const send = `async (room) => async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 360 });
  const paint = canvas.getContext("2d");
  const draw = () => {
    const now = Math.floor(performance.timeOrigin + performance.now()) >>> 0;
    paint.fillStyle = "#808080";
    paint.fillRect(0, 0, 640, 360);
    for (let bit = 0; bit < 32; bit++) {
      paint.fillStyle = (now >>> bit) & 1 ? "#ffffff" : "#000000";
      paint.fillRect((bit % 8) * 80, Math.floor(bit / 8) * 90, 80, 90);
    }
  };
  setInterval(draw, 1000 / 30);
  const [track] = canvas.captureStream(30).getVideoTracks();
  await room.localParticipant.publishTrack(track, {
    source: LivekitClient.Track.Source.Camera, simulcast: false, videoEncoding: { maxBitrate: 1_500_000, maxFramerate: 30 },
  });
}`;

const receive = `async (room) => {
  window.latencies = [];
  room.on("trackSubscribed", (track) => {
    if (track.kind !== "video") return;
    const video = track.attach();
    video.muted = true;
    document.body.append(video);
    const canvas = new OffscreenCanvas(640, 360);
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    const read = () => {
      paint.drawImage(video, 0, 0, 640, 360);
      const seen = Math.floor(performance.timeOrigin + performance.now()) >>> 0;
      const { data } = paint.getImageData(0, 0, 640, 360);
      let sent = 0;
      for (let bit = 0; bit < 32; bit++) {
        const x = (bit % 8) * 80 + 40, y = Math.floor(bit / 8) * 90 + 45;
        if (data[(y * 640 + x) * 4] > 128) sent |= 1 << bit;
      }
      const took = (seen - (sent >>> 0)) | 0;
      if (took >= 0 && took < 5000) window.latencies.push(took);
      video.requestVideoFrameCallback(read);
    };
    video.requestVideoFrameCallback(read);
  });
  return async () => {};
}`;

async function latencies(receiver: Page): Promise<number[]> {
  await receiver.evaluate("window.latencies.length = 0");
  await sleep(seconds * 1000);
  const seen = (await receiver.evaluate("window.latencies")) as number[];
  if (seen.length < seconds * 10) throw new Error(`Only ${seen.length} frames arrived.`);
  return seen.sort((a, b) => a - b);
}

async function startListeners(engine: { url: string; secret: string }, room: string) {
  const folder = join(import.meta.dirname, "tools/loadsub");
  const program = join(mkdtempSync(join(tmpdir(), "plenary-loadsub-")), "loadsub");
  const build = spawn("go", ["build", "-o", program, "."], {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  await once(build, "exit");
  const child = spawn(program, ["-url", engine.url, "-room", room, "-n", String(listeners), "-sec", "40"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, LK_KEY: mediaKey, LK_SECRET: engine.secret },
  });
  // It says so when all have come.
  for await (const line of createInterface({ input: child.stdout })) {
    const said = /"all":true,"joined":(\d+),"connected":(\d+)/.exec(line);
    if (!said) continue;
    if (Number(said[2]) < listeners) throw new Error(`Only ${said[2]} of ${listeners} listeners are connected.`);
    break;
  }
  return child;
}
