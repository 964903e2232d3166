import { useMemo } from "react";

import { platform } from "#contract/platform.ts";
import {
  Answers,
  Asks,
  Code,
  type Operation,
  operationsOf,
  placeOf,
  ShapeNames,
  shapesOf,
} from "#web/features/api/components/operation.tsx";
import { call } from "#web/platform/api.ts";
import { houseOf } from "#web/platform/house.ts";
import { said, useFill, useWords, words } from "#web/platform/words.ts";
import { PageHeader, WidePage } from "#web/ui/page.tsx";

import type { Route } from "./+types/docs-page";

const base = "/api/v1";

export async function loader({ context }: Route.LoaderArgs) {
  const document = await call(context, platform.openapi, {});
  return { groups: operationsOf(document), shapes: shapesOf(document), words: words(context, ["api.page"]) };
}

export const meta: Route.MetaFunction = ({ loaderData, matches }) => [
  { title: `${said(loaderData?.words)?.["api.page"].title} · ${houseOf(matches)}` },
  { name: "description", content: said(loaderData?.words)?.["api.page"].description },
];

export default function DocsPage({ loaderData: { groups, shapes } }: Route.ComponentProps) {
  const words = useWords("api.page");
  const fill = useFill();
  const names = useMemo(() => new Set(shapes.map(({ name }) => name)), [shapes]);
  return (
    <WidePage>
      <PageHeader title={words.title} text={words.lead} />
      <p className="max-w-[70ch] text-ink-soft">
        {fill(words.base, { base })}{" "}
        <a className="link" href={`${base}/openapi.json`}>
          {words.document}
        </a>
      </p>
      <div className="mt-10 grid gap-10 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label={words.on} className="text-sm lg:sticky lg:top-6 lg:self-start">
          <ul className="flex flex-wrap gap-x-4 gap-y-1 lg:grid">
            {groups.map(({ tag }) => (
              <li key={tag}>
                <a className="link inline-flex min-h-8 items-center" href={`#${tag}`}>
                  {tag}
                </a>
              </li>
            ))}
            <li>
              <a className="link inline-flex min-h-8 items-center" href="#shapes">
                {words.shapes}
              </a>
            </li>
          </ul>
        </nav>
        <ShapeNames value={names}>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
            {groups.map(({ tag, operations }) => (
              <section key={tag} id={tag} aria-labelledby={`${tag}-title`} className="scroll-mt-6">
                <h2 id={`${tag}-title`}>{tag}</h2>
                <div className="mt-4 border-line border-t">
                  {operations.map((operation) => (
                    <OperationRow key={operation.id} operation={operation} />
                  ))}
                </div>
              </section>
            ))}
            <section id="shapes" aria-labelledby="shapes-title" className="scroll-mt-6">
              <h2 id="shapes-title">{words.shapes}</h2>
              <p className="mt-1 max-w-[70ch] text-ink-soft">{words.shapesText}</p>
              <div className="mt-4 border-line border-t">
                {shapes.map(({ name, shape }) => (
                  <details key={name} className="border-line border-b">
                    <summary className="flex min-h-11 cursor-pointer items-center py-2">
                      <code className="break-all text-sm">{name}</code>
                    </summary>
                    {/* Whoever is led here finds it open. */}
                    <div id={placeOf(name)} className="scroll-mt-16 pb-4">
                      <Code text={shape} />
                    </div>
                  </details>
                ))}
              </div>
            </section>
          </div>
        </ShapeNames>
      </div>
    </WidePage>
  );
}

function OperationRow({ operation }: { operation: Operation }) {
  const words = useWords("api.page");
  return (
    <details id={operation.id} className="group border-line border-b">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-baseline gap-x-4 gap-y-1 py-3">
        <code className="w-16 shrink-0 font-semibold text-accent text-xs tabular">{operation.method}</code>
        <code className="break-all text-sm">{operation.path}</code>
        <span className="text-ink-soft text-sm">{operation.summary}</span>
      </summary>
      <div className="grid gap-6 pb-6 text-sm lg:grid-cols-2">
        <div className="min-w-0">
          <p className="text-ink-soft">{operation.guarded ? words.signedIn : words.anyone}</p>
          <Asks operation={operation} />
        </div>
        <Answers operation={operation} />
      </div>
    </details>
  );
}
