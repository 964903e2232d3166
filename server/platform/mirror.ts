import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";

/** A language that nobody speaks: English whose words run from right to left, to look at pages in. */
export const mirrorLocale = "ar-XB";

const override = "\u202e";
const pop = "\u202c";

/** A sentence of the catalogue as it would look in a language that runs from right to left; what is filled in stays as it is. */
export function mirrorSentence(sentence: string): string {
  return printAST(parse(sentence, { ignoreTag: true }).map(mirrored));
}

function mirrored(element: MessageFormatElement): MessageFormatElement {
  if (element.type === TYPE.literal) {
    return { ...element, value: element.value.replace(/\S+/g, (word) => `${override}${word}${pop}`) };
  }
  if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
  const options = Object.entries(element.options).map(([key, { value }]) => [key, { value: value.map(mirrored) }]);
  return { ...element, options: Object.fromEntries(options) };
}
