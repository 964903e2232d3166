import { mailbox, type SentLetter } from "#contract/mailbox.ts";
import { call } from "#web/platform/api.ts";

import type { Route } from "./+types/letter-page";

// A letter brings its style with it, which no page of ours may; in return it runs nothing and loads nothing but pictures.
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'self'",
  "sandbox allow-popups allow-popups-to-escape-sandbox",
].join("; ");

/** One letter as a mail program shows it, to be put in a frame. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const letter = await call(context, mailbox.get, { params: { id: params.id } });
  return new Response(withPictures(letter), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-frame-options": "SAMEORIGIN",
    },
  });
}

/** A mail program finds `cid:` among the attachments; here they have addresses. */
function withPictures({ html, attachments }: SentLetter): string {
  return attachments.reduce(
    (page, { contentId, url }) => (contentId ? page.replaceAll(`cid:${contentId}`, url) : page),
    html,
  );
}
