import { useWords } from "#web/platform/words.ts";

/** What is missing before an event can be published, in words; `lacks` are the names the API gives. */
export function useMissing(): (lacks: readonly string[]) => string {
  const words: Record<string, string> = useWords("organize.missing");
  return (lacks) => lacks.map((lack) => words[lack] ?? lack).join(", ");
}
