import { createTransport } from "nodemailer";

import { isHardRefusal } from "#domain/notifications/refusals.ts";
import type { Settings } from "#server/platform/settings.ts";

export interface Attachment {
  name: string;
  mediaType: string;
  /** For a picture shown in the letter: `<img src="cid:…">`. */
  contentId?: string;
  base64: string;
}

export interface OutgoingLetter {
  to: { address: string; name: string };
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
  /** Who writes, where nobody configured another name. */
  from: string;
  messageId: string;
  /** Where a mail program takes the reader off such letters with one press (RFC 8058). */
  unsubscribeUrl: string | null;
}

/** The address's own mail server says for good that there is nobody. */
export class RefusedAddress extends Error {}

export interface Mail {
  /** `off` where nobody could ever get a letter: a public address without a mail server. */
  kind: "smtp" | "mailbox" | "off";
  send: (letter: OutgoingLetter) => Promise<void>;
}

/** The mail server that is configured; else, on a loopback address, the mailbox page that shows every recorded letter. */
export function openMail(settings: Settings): Mail {
  if (!settings.smtpUrl) {
    return settings.isLoopback
      ? { kind: "mailbox", send: async () => {} }
      : {
          kind: "off",
          send: async () => {
            throw new Error("There is no mail server: set SMTP_URL.");
          },
        };
  }
  const transport = createTransport({ url: settings.smtpUrl, pool: true, maxConnections: 4 });
  return {
    kind: "smtp",
    send: async ({ to, from, attachments, unsubscribeUrl, ...letter }) => {
      const mail = {
        ...letter,
        headers: unsubscribeUrl ? oneClick(unsubscribeUrl) : {},
        from: settings.mailFrom.includes("<") ? settings.mailFrom : { name: from, address: settings.mailFrom },
        to: to.name ? { name: to.name, address: to.address } : to.address,
        attachments: attachments.map(({ name, mediaType, contentId, base64 }) => ({
          filename: name,
          contentType: mediaType,
          cid: contentId,
          content: Buffer.from(base64, "base64"),
        })),
      };
      await transport.sendMail(mail).catch((error: unknown) => {
        const { responseCode: code, command, response } = error as Record<string, unknown>;
        const said = { code: Number(code), command: String(command), text: String(response) };
        throw isHardRefusal(said) ? new RefusedAddress(said.text) : error;
      });
    },
  };
}

const oneClick = (url: string) => ({
  "List-Unsubscribe": `<${url}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});
