const signs: Record<string, string> = {
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
};
const unescaped = (text: string) => text.replace(/&(?:quot|#x27|#39|lt|gt|amp);/g, (sign) => signs[sign] ?? sign);

/** Declarations that are nothing but declarations: whatever else stood there would end the rule, or the sheet. */
const plain = /^[\w\s:;.,%#()/*+-]*$/;

/**
 * Moves what elements wear from their `style` attributes into one sheet with the page's nonce.
 *
 * A policy can tell a sheet of ours from one that was smuggled in, but not an attribute. React sets styles in the browser
 * by script, which no policy minds, and does not look at the attribute of what it finds there.
 */
export function gatherStyles(html: string, nonce: string): string {
  const rules = new Map<string, number>();
  const body = html.replace(/ style="([^"]*)"/g, (attribute, worn: string, at: number) => {
    if (!isInTag(html, at)) return attribute;
    const declarations = unescaped(worn);
    if (!plain.test(declarations)) return "";
    const number = rules.get(declarations) ?? rules.size;
    rules.set(declarations, number);
    return ` data-wears="${number}"`;
  });
  if (rules.size === 0) return body;
  const sheet = [...rules].map(([declarations, number]) => `[data-wears="${number}"]{${declarations}}`).join("");
  return body.replace("</head>", () => `<style nonce="${nonce}">${sheet}</style></head>`);
}

const isInTag = (html: string, at: number) => html.lastIndexOf("<", at) > html.lastIndexOf(">", at);
