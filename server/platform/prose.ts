interface Piece {
  tag: string;
  attributes: string;
  inner: (Piece | string)[];
}

/** The same words for where there is only text: links with their address, lists with dashes. Takes what `htmlOf` of `markdown.ts` gave. */
export function proseText(html: string): string {
  return blocksOf(piecesOf(html).inner).join("\n\n");
}

const deepest = 50;

/**
 * What has been cleaned is closed where it was opened, and has `<` and `>` in its tags alone. What lies deeper than any
 * reader goes is taken as lying there.
 */
function piecesOf(html: string): Piece {
  const root: Piece = { tag: "", attributes: "", inner: [] };
  const open = [root];
  for (const [text, end, tag, attributes = ""] of html.matchAll(/<(\/?)(\w+)([^>]*)>|[^<]+/g)) {
    const around = open.at(-1) ?? root;
    if (tag === undefined) around.inner.push(decoded(text));
    else if (end) open.pop();
    else {
      const piece = { tag, attributes, inner: [] };
      const isEmpty = attributes.endsWith("/");
      if (isEmpty || open.length < deepest) around.inner.push(piece);
      if (!isEmpty) open.push(open.length < deepest ? piece : around);
    }
  }
  return root;
}

const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&" };
const decoded = (text: string) => text.replace(/&(\w+);/g, (whole, name: string) => signs[name] ?? whole);

/** The paragraphs of it; what stands between two of them is one. */
function blocksOf(inner: Piece["inner"]): string[] {
  const blocks: string[] = [];
  let line = "";
  const end = () => {
    const text = line.replace(/[^\S\n]*\n[^\S\n]*/g, "\n").trim();
    if (text) blocks.push(text);
    line = "";
  };
  for (const piece of inner) {
    const block = typeof piece === "string" ? undefined : blockOf(piece);
    if (block === undefined) line += wordsOf(piece);
    else {
      end();
      if (block) blocks.push(block);
    }
  }
  end();
  return blocks;
}

/** Nothing where it stands within a line. */
function blockOf({ tag, attributes, inner }: Piece): string | undefined {
  if (tag === "hr") return "---";
  if (tag === "pre") return indented(verbatim(inner).replace(/\n$/, ""), "    ", "    ");
  if (tag === "blockquote") return indented(blocksOf(inner).join("\n\n"), "> ", "> ");
  if (tag === "ul") return itemsOf(inner, () => "- ");
  if (tag === "ol") return itemsOf(inner, (n) => `${n + Number(/start="(\d+)"/.exec(attributes)?.[1] ?? 1)}. `);
  if (tag === "tr")
    return partsOf(inner)
      .map(({ inner: cell }) => blocksOf(cell).join(" "))
      .join(" | ");
  if (/^t(?:able|head|body)$/.test(tag))
    return partsOf(inner)
      .map((part) => blocksOf([part]).join(" "))
      .join("\n");
  return /^(?:p|h\d|li|t[hd])$/.test(tag) ? blocksOf(inner).join("\n\n") : undefined;
}

/** Rows, cells and items; what else stands among them is one too. */
const partsOf = (inner: Piece["inner"]): Piece[] =>
  inner.flatMap((piece) => {
    if (typeof piece !== "string") return piece;
    return piece.trim() ? { tag: "p", attributes: "", inner: [piece] } : [];
  });

const itemsOf = (inner: Piece["inner"], mark: (n: number) => string): string =>
  partsOf(inner)
    .map(({ inner: item }, n) => indented(blocksOf(item).join("\n"), mark(n), " ".repeat(mark(n).length)))
    .join("\n");

const indented = (text: string, first: string, others: string) =>
  text
    .split("\n")
    .map((line, n) => `${n === 0 ? first : others}${line}`.trimEnd())
    .join("\n");

const verbatim = (inner: Piece["inner"]): string =>
  inner.map((piece) => (typeof piece === "string" ? piece : verbatim(piece.inner))).join("");

function wordsOf(piece: Piece | string): string {
  if (typeof piece === "string") return piece.replace(/\s+/g, " ");
  const words = piece.inner.map(wordsOf).join("");
  if (piece.tag === "br") return "\n";
  // Struck words without a sign of it would say the opposite.
  if (piece.tag === "del") return `~~${words}~~`;
  const [, address] = /href="(?:mailto:)?([^"]*)"/.exec(piece.attributes) ?? [];
  const url = address === undefined ? words : decoded(address);
  return url === words || url.replace(/^https?:\/\//, "") === words ? words : `${words} (${url})`;
}
