/** A file of the house, by its path from the house door. */
export interface Source {
  path: string;
  text: string;
}

export interface Import {
  from: string;
  isType: boolean;
}

const statement = /^\s*(import|export)\s+(type\s+)?(?:[\w*{][^;"']*?\sfrom\s+)?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

export function importsOf({ path, text }: Source): Import[] {
  if (path.endsWith(".sql")) return [];
  return [...text.matchAll(statement)].map(([, , type, named, dynamic]) => ({
    from: named ?? dynamic ?? "",
    isType: type !== undefined,
  }));
}

/** Tests, and what only they use. */
export const isTest = (path: string) =>
  /\.(test|spec)\.tsx?$/.test(path) || path.startsWith("e2e/") || /^server\/platform\/testing(-\w+)?\.ts$/.test(path);

/** The noun of a module's file. */
export const moduleOf = (path: string) => /^server\/modules\/([^/]+)\//.exec(path)?.[1];

/** Whether another module may come in by this file. */
export const doorsOf = (path: string) => /^server\/modules\/[^/]+\/(service(\.ts|\/[\w-]+\.ts)|facts\.ts)$/.test(path);

type Arrows = ReadonlyMap<string, ReadonlySet<string>>;

/** Circles of modules that call each other; listening to another's facts is no call. */
export function circlesAmong(files: readonly Source[]): string[][] {
  const calls = new Map<string, Set<string>>();
  for (const file of files) {
    const from = moduleOf(file.path);
    if (!from || isTest(file.path)) continue;
    for (const what of importsOf(file)) {
      const to = moduleOf(what.from.slice(1));
      if (to && to !== from && !what.from.endsWith("/facts.ts"))
        calls.set(from, (calls.get(from) ?? new Set()).add(to));
    }
  }
  return circlesOf(calls);
}

/** Circles of files that import each other, be it for a type. */
export const circlesOfFiles = (files: readonly Source[]): string[][] =>
  circlesOf(new Map(files.map((file) => [file.path, new Set(importsOf(file).map(({ from }) => from.slice(1)))])));

function circlesOf(arrows: Arrows): string[][] {
  const inCircles = withoutEnds(arrows);
  const circles = new Map<string, string[]>();
  const note = (circle: string[]) => {
    const key = [...circle].sort().join();
    if (!circles.has(key)) circles.set(key, [...circle, circle[0] ?? ""]);
  };
  const walk = (trail: readonly string[]) => {
    for (const next of inCircles.get(trail.at(-1) ?? "") ?? []) {
      const at = trail.indexOf(next);
      if (at === -1) walk([...trail, next]);
      else note(trail.slice(at));
    }
  };
  for (const one of inCircles.keys()) walk([one]);
  return [...circles.values()];
}

/** Without all that leads into no circle, and all that no circle leads to. */
function withoutEnds(arrows: Arrows): Arrows {
  const reached = new Set([...arrows.values()].flatMap((to) => [...to]));
  const left = new Map<string, ReadonlySet<string>>();
  for (const [from, to] of arrows) {
    const on = new Set([...to].filter((one) => arrows.has(one)));
    if (on.size > 0 && reached.has(from)) left.set(from, on);
  }
  return left.size === arrows.size ? left : withoutEnds(left);
}
