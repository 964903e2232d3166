import { isRightToLeft } from "#domain/language/choose.ts";
import { withoutIsolates } from "#domain/language/isolate.ts";
import { template } from "#server/platform/letter-template.gen.ts";
import { proseText } from "#server/platform/prose.ts";
import { say } from "#server/platform/words.ts";

/** One part of a letter, in the order in which it is read. A bare text is a paragraph; its line breaks are kept. */
export type Block =
  | string
  /** A paragraph of lesser weight. */
  | { quiet: string }
  /** Somebody's own words, as `markdown.ts` made html of them. */
  | { prose: string }
  /** Somebody's own words. */
  | { quote: string }
  /** What one looks up: when, where, which ticket. */
  | { facts: readonly (readonly [label: string, value: string])[] }
  /** The one thing to do. */
  | { action: { label: string; url: string } }
  /** Lesser things to do, in one line. */
  | { links: readonly { label: string; url: string }[] }
  /** To be typed elsewhere. */
  | { code: string }
  /** An address, or `cid:…` of an attachment; `alt` says the same to those who see no pictures. */
  | { picture: { url: string; alt: string; width: number } };

interface Frame {
  locale: string;
  publicUrl: string;
  heading: string;
  blocks: readonly Block[];
  /** What a mailbox shows beside the subject; else the first paragraph. */
  preview?: string;
  /** Why this letter came; else that somebody used the address here. */
  footnote?: string;
}

/**
 * Lays a letter out, as html and as plain text with the same words, links and facts.
 *
 * Every value is text and is escaped here: names and titles are what strangers typed.
 */
export function frame(letter: Frame): { html: string; text: string } {
  const { locale, publicUrl, heading, blocks } = letter;
  const footnote = letter.footnote ?? say(locale, "letters.frame.why", { site: publicUrl });
  const paragraph = blocks.find((block) => typeof block === "string");
  const around = {
    lang: locale,
    dir: isRightToLeft(locale) ? "rtl" : "ltr",
    heading: line(heading),
    preview: line(letter.preview ?? paragraph ?? heading),
    house: say(locale, "letters.frame.house"),
    footnote: lines(footnote),
  };
  const html = fill(template.head, around) + blocks.map(htmlOf).join("") + fill(template.end, around);
  const text = [plainLine(heading), ...blocks.map(textOf), `-- \n${plain(footnote)}`].join("\n\n");
  return { html, text: `${withoutIsolates(text)}\n` };
}

function htmlOf(block: Block): string {
  if (typeof block === "string") return fill(template.paragraph, { text: lines(block) });
  if ("quiet" in block) return fill(template.quiet, { text: lines(block.quiet) });
  if ("prose" in block) return fill(template.prose, { text: block.prose });
  if ("quote" in block) return fill(template.quote, { text: lines(block.quote) });
  if ("code" in block) return fill(template.code, { text: line(block.code) });
  if ("action" in block) {
    return fill(template.action, { label: line(block.action.label), url: address(block.action.url) });
  }
  if ("links" in block) {
    const links = block.links.map(({ label, url }) => `<a href="${address(url)}">${line(label)}</a>`);
    return fill(template.links, { text: links.join(" &nbsp;·&nbsp; ") });
  }
  if ("picture" in block) {
    const { url, alt, width } = block.picture;
    return fill(template.picture, { url: address(url), label: line(alt), width: String(width) });
  }
  const rows = block.facts.map(([label, value]) => fill(template.fact, { label: line(label), text: lines(value) }));
  return template.facts + rows.join("") + template.factsEnd;
}

function textOf(block: Block): string {
  if (typeof block === "string") return plain(block);
  if ("quiet" in block) return plain(block.quiet);
  if ("prose" in block) return plain(proseText(block.prose));
  if ("quote" in block) return plain(block.quote).replace(/^/gm, "> ");
  if ("code" in block) return `    ${plainLine(block.code)}`;
  if ("action" in block) return linkText(block.action);
  if ("links" in block) return block.links.map(linkText).join("\n");
  if ("picture" in block) return `[${plainLine(block.picture.alt)}]`;
  return block.facts
    .map(([label, value]) => `${withColon(plainLine(label))} ${plain(value).replaceAll("\n", "\n  ")}`)
    .join("\n");
}

/** What somebody asked ends with a sign of its own. */
const withColon = (label: string) => (/[?!:.…؟]$/u.test(label) ? label : `${label}:`);

const linkText = ({ label, url }: { label: string; url: string }) => `${plainLine(label)}:\n${checked(url)}`;

// One pass over our own template, so that braces in what people typed are never taken for places to fill.
function fill(piece: string, values: Record<string, string>): string {
  return piece.replace(/\{\{(\w+)\}\}/g, (_place, name: string) => values[name] ?? "");
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
/** As text within html. */
export const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

/** Without what a terminal or a mail program might take for a command. */
const plain = (text: string) =>
  text
    .replaceAll("\r\n", "\n")
    .replace(/[^\P{Cc}\n]/gu, " ")
    .trim();
const plainLine = (text: string) => plain(text).replace(/\s+/g, " ");
const line = (text: string) => escaped(plainLine(text));
const lines = (text: string) => escaped(plain(text)).replaceAll("\n", "<br>");
const address = (url: string) => escaped(checked(url));

/** Links come from us; a script in the place of one would be our own mistake. */
function checked(url: string): string {
  if (!/^(https?:\/\/|mailto:|cid:)\S+$/.test(url)) throw new Error("A letter's link must be a whole address.");
  return url;
}
