import { createTransport } from "nodemailer";

import type { Attachment } from "#server/platform/letters.ts";
import type { Settings } from "#server/platform/settings.ts";

export interface OutgoingLetter {
  to: { address: string; name: string };
  subject: string;
  html: string;
  text: string;
  attachments: Attachment[];
  messageId: string;
}

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
    send: async ({ to, attachments, ...letter }) => {
      await transport.sendMail({
        ...letter,
        from: settings.mailFrom,
        to: to.name ? { name: to.name, address: to.address } : to.address,
        attachments: attachments.map(({ name, mediaType, contentId, base64 }) => ({
          filename: name,
          contentType: mediaType,
          cid: contentId,
          content: Buffer.from(base64, "base64"),
        })),
      });
    },
  };
}
