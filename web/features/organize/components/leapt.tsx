import { keptBy } from "#web/features/organize/components/wall.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Notice } from "#web/ui/surface.tsx";

/** Says so when the clocks of a zone leap over the time that was typed. Needs `organize.edit`. */
export function Leapt({ typed, zone }: { typed: string; zone: string }) {
  const words = useWords("organize.edit");
  const fill = useFill();
  const kept = keptBy(typed, zone);
  if (kept === typed) return null;
  return <Notice mood="warn">{fill(words.gap, { typed: typed.slice(11), kept: kept.slice(11) })}</Notice>;
}
