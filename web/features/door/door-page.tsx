import { CheckInInput, type Door, tickets } from "#contract/tickets.ts";
import { Dock } from "#web/features/door/components/dock.tsx";
import { DoorBar } from "#web/features/door/components/door-bar.tsx";
import { useKept } from "#web/features/door/components/kept.ts";
import { Scanner } from "#web/features/door/components/scanner.tsx";
import { useDoor } from "#web/features/door/components/use-door.ts";
import { VerdictPanel } from "#web/features/door/components/verdict-panel.tsx";
import { useLineIsUp } from "#web/features/door/live.ts";
import { type Verdict, verdictOf } from "#web/features/door/state.ts";
import { call, pageOf, signedIn } from "#web/platform/api.ts";
import { formResult } from "#web/platform/form.ts";
import { useFill, useWords, words } from "#web/platform/words.ts";
import { Main } from "#web/ui/landmarks.tsx";

import type { Route } from "./+types/door-page";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  signedIn(context, request);
  const occurrence = new URL(request.url).searchParams.get("occurrence_id") ?? undefined;
  const door = await call(context, tickets.door, { params, query: { occurrence_id: occurrence } });
  return {
    door,
    title: pageOf(context).say("door.page.pageTitle", { event: door.title }),
    words: words(context, ["door.page", "registrations.people"]),
  };
}

/** A typed code, where no script runs. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const result = await formResult(request, CheckInInput, (body) => call(context, tickets.checkIn, { params, body }));
  const verdict: Verdict = result.ok ? { kind: "in", checkIn: result.value } : verdictOf(result);
  return verdict;
}

export const meta: Route.MetaFunction = ({ loaderData }) => [
  { title: loaderData?.title },
  { name: "robots", content: "noindex" },
];

export default function DoorPage({ loaderData, actionData }: Route.ComponentProps) {
  const { door } = loaderData;
  const words = useWords("door.page");
  const [gate, keepGate] = useKept("plenary.gate");
  const [muted, keepMuted] = useKept("plenary.door.muted");
  const hasSound = muted !== "yes";
  const hands = useDoor(door, { gate, hasSound, first: actionData ?? null });
  const isUp = useLineIsUp();
  return (
    <Main className="flex h-dvh flex-col overflow-y-auto lg:pb-6">
      <DoorBar
        door={door}
        gate={gate}
        onGate={keepGate}
        hasSound={hasSound}
        onSound={(on) => keepMuted(on ? "" : "yes")}
      />
      <div className="flex min-h-0 flex-1 flex-col lg:grid lg:grid-cols-[1fr_24rem] lg:gap-8 lg:px-6">
        <div className="flex min-h-0 flex-1 flex-col">
          <Counter counts={hands.counts} />
          {!isUp && (
            <p role="alert" className="bg-warn-wash px-4 py-2 text-center text-sm text-warn">
              {words.offline}
            </p>
          )}
          <Scanner onCode={hands.see}>
            <VerdictPanel verdict={hands.verdict} zone={door.timeZone} onUndo={hands.undo} onNext={hands.clear} />
          </Scanner>
        </div>
        <Dock door={door} hands={hands} gate={gate} />
      </div>
    </Main>
  );
}

/** How many are in, big enough for a glance; every device that stands at a door counts along. */
function Counter({ counts: { admitted, expected } }: { counts: Door["counts"] }) {
  const words = useWords("door.page");
  const fill = useFill();
  const share = expected === 0 ? 0 : Math.min(1, admitted / expected);
  return (
    <div className="px-4 pb-3 lg:px-0">
      <p className="flex items-baseline justify-center gap-2">
        <span data-counter className="font-serif text-3xl leading-none font-[560] tabular">
          {admitted}
        </span>
        <span className="text-base text-ink-soft tabular">{fill(words.of, { expected })}</span>
        <span className="text-base text-ink-soft">{words.inside}</span>
      </p>
      <div aria-hidden="true" className="mt-2 h-1 overflow-hidden rounded-full bg-line">
        <div
          className="h-full origin-left bg-good transition-transform duration-200 rtl:origin-right"
          style={{ transform: `scaleX(${share})` }}
        />
      </div>
    </div>
  );
}
