import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import type { AwsClient } from "aws4fetch";

import { checkKey, type Files, localFiles } from "#server/gateways/files.ts";
import type { Bucket, Settings } from "#server/platform/settings.ts";

const patienceMs = 30_000;

/** Files in a bucket. Nobody but us needs to read it: who may see what is asked here. */
export function s3Files(bucket: Bucket): Files {
  let opening: Promise<AwsClient> | undefined;
  const ask = async (method: "GET" | "PUT" | "DELETE", path: string, body?: Uint8Array<ArrayBuffer>) => {
    opening ??= open(bucket);
    const client = await opening;
    const answer = await client.fetch(`${addressOf(bucket)}${path}`, {
      method,
      body,
      signal: AbortSignal.timeout(patienceMs),
    });
    if (answer.ok || answer.status === 404) return answer;
    const [, code = ""] = /<Code>(\w+)<\/Code>/.exec(await answer.text()) ?? [];
    throw new Error(`The bucket ${bucket.name} answers ${method} with ${answer.status} ${code}.`);
  };
  return {
    put: async (key, bytes) => {
      const { status } = await ask("PUT", `/${checkKey(key)}`, new Uint8Array(bytes));
      if (status === 404) throw new Error(`There is no bucket ${bucket.name}.`);
    },
    find: async (key) => {
      const { status, body } = await ask("GET", `/${checkKey(key)}`);
      return status === 404 || !body ? undefined : Readable.fromWeb(body as ReadableStream);
    },
    remove: async (key) => void (await ask("DELETE", `/${checkKey(key)}`)),
    list: async function* () {
      let last = "";
      let isMore = true;
      while (isMore) {
        // The older of the two ways to list, since every house knows it.
        const page = await (await ask("GET", `/?${new URLSearchParams({ marker: last })}`)).text();
        // Keys are of our own form, so none of them is written otherwise in XML.
        const keys = [...page.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
        yield* keys;
        last = keys.at(-1) ?? "";
        isMore = last !== "" && page.includes("<IsTruncated>true</IsTruncated>");
      }
    },
  };
}

const addressOf = ({ name, endpoint, region }: Bucket) =>
  endpoint ? `${endpoint.replace(/\/+$/, "")}/${name}` : `https://${name}.s3.${region}.amazonaws.com`;

/** A start without uploads does not pay for it. */
async function open({ region, accessKeyId, secretAccessKey }: Bucket): Promise<AwsClient> {
  const { AwsClient } = await import("aws4fetch");
  return new AwsClient({ service: "s3", region, accessKeyId, secretAccessKey, retries: 2 });
}

/** Where this installation keeps its uploads. */
export const openFiles = ({ bucket, dataDir }: Pick<Settings, "bucket" | "dataDir">): Files =>
  bucket ? s3Files(bucket) : localFiles(join(dataDir, "files"));
