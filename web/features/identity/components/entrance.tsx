import type { ReactNode } from "react";

import { useWords } from "#web/platform/words.ts";
import { Cover } from "#web/ui/hemicycle.tsx";

/** The way in: one form, and where there is room the hall it leads to. */
export function Entrance({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  const words = useWords("identity.entrance");
  return (
    <div className="frame grid items-stretch gap-x-16 gap-y-10 py-10 sm:py-14 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)] xl:gap-x-24">
      <div className="w-full max-w-[28rem] justify-self-center lg:py-6">
        <h1>{title}</h1>
        {lead && <p className="mt-3 text-base text-ink-soft">{lead}</p>}
        <div className="mt-8 grid gap-6">{children}</div>
      </div>
      <aside className="relative hidden min-h-[34rem] overflow-hidden rounded-panel lg:block">
        <div className="absolute inset-0">
          <Cover seed="entrance" hue={195} width={480} height={520} />
        </div>
        <div className="absolute inset-x-0 bottom-0 bg-linear-to-t from-[oklch(0.2_0.04_210)] from-55% to-transparent p-8 pt-24 text-[oklch(0.98_0.01_195)]">
          <p className="font-serif text-xl">{words.caption}</p>
          <p className="mt-1 text-sm opacity-85">{words.by}</p>
        </div>
      </aside>
    </div>
  );
}
