import { Download } from "lucide-react";

import { useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";

/** The recovery codes, this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const words = useWords("security.factor");
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join("\n")}\n`)}`;
  return (
    <section aria-labelledby="codes" className="grid gap-5">
      <div className="grid gap-1">
        <h2 id="codes">{words.codesTitle}</h2>
        <p className="text-ink-soft">{words.codesText}</p>
      </div>
      <ul className="grid grid-cols-2 gap-x-8 gap-y-2 rounded-panel border border-line bg-surface p-5 font-mono text-base">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <a
          href={file}
          download="plenary-recovery-codes.txt"
          className="touch inline-flex items-center gap-2 rounded-control border border-edge/60 bg-surface px-4 py-2 text-sm font-medium no-underline hover:border-ink-soft hover:bg-sunken [&_svg]:size-4.5"
        >
          <Download aria-hidden="true" />
          {words.download}
        </a>
        <ButtonLink to="/me/security?done=factor" variant="primary">
          {words.done}
        </ButtonLink>
      </div>
    </section>
  );
}
