import { createECDH } from "node:crypto";

import { AwayForNow, isOutside, LeadsNowhere, postOutside } from "#server/gateways/outside.ts";
import type { Settings } from "#server/platform/settings.ts";

export interface Subscription {
  endpoint: string;
  p256dh: string;
  auth: string;
}

export interface Push {
  /** What a browser is asked with (VAPID, RFC 8292). */
  publicKey: string;
  /** Whether this could be a push service. */
  takes: (endpoint: string) => boolean;
  /**
   * Hands over what only that browser can read (RFC 8291); `gone` where there is nobody any more, `refused` where its
   * service will not take it and trying again would not help.
   */
  send: (to: Subscription, message: object, how: { topic: string }) => Promise<"sent" | "gone" | "refused">;
}

/** After a day a notice is no news. */
const keptSeconds = 86_400;
const gone = [404, 410];
/** Too slow, too early, too many: about this moment and not about the device. */
const forNow = [408, 425, 429];

/** The way to browsers, over the push service that each of them named. `trusts` are services inside this house. */
export function openPush(settings: Pick<Settings, "publicUrl" | "secrets">, trusts: readonly string[] = []): Push {
  const vapid = keysOf(settings.secrets.push);
  const { hostname, protocol } = new URL(settings.publicUrl);
  const subject = protocol === "https:" ? settings.publicUrl : `mailto:plenary@${hostname}`;
  return {
    publicKey: vapid.publicKey,
    takes: (endpoint) => isOutside(endpoint) || trusts.includes(new URL(endpoint).origin),
    send: async ({ endpoint, p256dh, auth }, message, { topic }) => {
      // A start does not wait for it.
      const { default: webPush } = await import("web-push");
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(message),
        { TTL: keptSeconds, topic, vapidDetails: { subject, ...vapid } },
      );
      const sealed = { headers: headers as Record<string, string>, body: body as Buffer };
      return outcomeOf(await postOutside(endpoint, sealed, trusts).catch(nowhere));
    },
  };
}

function nowhere(error: unknown): number {
  if (error instanceof LeadsNowhere) return 400;
  throw error;
}

function outcomeOf(status: number): "sent" | "gone" | "refused" {
  if (gone.includes(status)) return "gone";
  if (status >= 200 && status <= 299) return "sent";
  if (status >= 500 || forNow.includes(status)) throw new AwayForNow(`A push service answered ${status}.`);
  return "refused";
}

function keysOf(privateKey: string): { publicKey: string; privateKey: string } {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(privateKey, "base64url");
  return { privateKey, publicKey: curve.getPublicKey("base64url") };
}
