import { marked } from "marked";
import sanitizeHtml from "sanitize-html";

const mostKept = 500;
const kept = new Map<string, string>();

/**
 * Turns what an organizer wrote into HTML that is safe in a page: headings begin below the page's own, links open
 * nothing but the web and mail, pictures and scripts are not let in.
 */
export function htmlOf(markdown: string): string {
  if (markdown === "") return "";
  const known = kept.get(markdown);
  if (known !== undefined) return known;
  const html = isReadable(markdown) ? render(markdown) : asTyped(markdown);
  // Reading an event is asked for far more often than writing one; the oldest makes room.
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value ?? "");
  kept.set(markdown, html);
  return html;
}

/** Marks and nests beyond any reader are what takes a parser for ever, or to the end of its stack. */
const mostMarks = 4000;
const deepest = 50;
const isReadable = (markdown: string) =>
  (markdown.match(/[*_~`[\]|<&]/g)?.length ?? 0) <= mostMarks &&
  !markdown
    .split("\n")
    .some(
      (line) =>
        (/^(?:\s*(?:>|[-+*]|\d{1,9}[.)])(?=[\s>]|$))+/.exec(line)?.[0].match(/>|[-+*.)]/g)?.length ?? 0) > deepest,
    );

const asTyped = (markdown: string) =>
  `<p>${sanitizeHtml(markdown, { allowedTags: [], disallowedTagsMode: "escape" })}</p>`;

const render = (markdown: string): string =>
  sanitizeHtml(marked.parse(markdown, { async: false, gfm: true, breaks: true }), {
    allowedTags: [
      ...["p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"],
      ...["h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"],
    ],
    allowedAttributes: { a: ["href", "rel"], ol: ["start"] },
    allowedSchemes: ["http", "https", "mailto"],
    allowProtocolRelative: false,
    transformTags: {
      h1: "h2",
      h2: "h3",
      h3: "h4",
      h5: "h4",
      h6: "h4",
      a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener ugc" }),
    },
  });
