import { ArrowRight } from "lucide-react";
import { type ReactNode, Suspense } from "react";

import type { RegistrationOptions } from "#contract/registrations.ts";
import { isLiving } from "#domain/registrations/states.ts";
import { formatPrice } from "#web/features/registrations/components/price.ts";
import { part } from "#web/platform/part.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { useRoot, useViewer } from "#web/shell/viewer.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { Fullness } from "#web/ui/hemicycle.tsx";
import { Time } from "#web/ui/time.tsx";

// Most readers have no place yet.
const Mine = part(async () => ({ default: (await import("#web/features/registrations/components/mine.tsx")).Mine }));
// Only few sales have not yet begun.
const Countdown = part(async () => ({ default: (await import("#web/ui/countdown.tsx")).Countdown }));

interface Props {
  options: RegistrationOptions;
  /** Where a seat is taken, at the time that is shown. */
  to: string;
  timeZone: string;
  /** The way into the live room, when there is one: it goes before everything else. */
  join?: ReactNode;
}

/**
 * Stands beside an event's text, and on a phone sticks to the bottom: how full it is, and the one thing to do now.
 *
 * On a phone it must be the last child of a container that is no grid, or it would stick to its own row.
 */
export function RegistrationCard({ options, to, timeZone, join }: Props) {
  const words = useWords("registrations.card");
  const mine = options.mine.find(({ status }) => isLiving(status));
  return (
    <aside
      aria-label={words.title}
      className="z-10 border-line bg-surface max-lg:sticky max-lg:bottom-0 max-lg:-mx-[clamp(1rem,4vw,2.5rem)] max-lg:border-t max-lg:px-[clamp(1rem,4vw,2.5rem)] max-lg:py-3 max-lg:pb-[max(0.75rem,env(safe-area-inset-bottom))] lg:sticky lg:top-6 lg:rounded-panel lg:border lg:p-6"
    >
      <div className="grid grid-cols-1 gap-3 lg:gap-5">
        {mine ? (
          <Suspense>
            <Mine mine={mine} isOver={options.state === "over"} timeZone={timeZone} join={join} />
          </Suspense>
        ) : (
          <Offer options={options} to={to} timeZone={timeZone} join={join} />
        )}
      </div>
    </aside>
  );
}

/** What can be had, and the button that tells the story. */
function Offer({ options, to, timeZone, join }: Props) {
  const words = useWords("registrations.card");
  const viewer = useViewer();
  const isOpen = options.state === "open" || options.state === "waitlist";
  return (
    <>
      {(isOpen || options.state === "sold_out" || options.state === "opens_later") && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 empty:hidden max-lg:hidden">
          <Fullness taken={options.taken} capacity={options.capacity} />
        </div>
      )}
      {isOpen && <Facts options={options} timeZone={timeZone} />}
      {join}
      <Act options={options} to={to} timeZone={timeZone} join={join} />
      {isOpen && !viewer && (
        <p className="text-center text-xs text-balance text-ink-soft max-lg:hidden">{words.noAccount}</p>
      )}
    </>
  );
}

/** Price, seats by side, and until when: what decides, in as few lines as there are facts. */
function Facts({ options, timeZone }: { options: RegistrationOptions; timeZone: string }) {
  const words = useWords("registrations.card");
  const fill = useFill();
  return (
    <dl className="grid gap-2 text-sm empty:hidden max-lg:hidden">
      {options.sides.length > 1 &&
        options.sides
          .filter(({ side }) => side !== "both")
          .map(({ side, left }) => (
            <Fact key={side} name={fill(words.onSide, { side })}>
              {left === null ? words.sideOpen : fill(words.sideLeft, { n: left })}
            </Fact>
          ))}
      {options.closesAt && (
        <Fact name={words.closesAt}>
          <Time at={options.closesAt} zone={timeZone} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-4">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  );
}

/** Whoever runs the event has the way into its room before a seat of their own. */
function Act({ options, to, timeZone, join }: Props) {
  const words = useWords("registrations.card");
  const now = useRoot()?.now ?? "";
  const { state, needsApproval, opensAt } = options;
  if (state === "open" || state === "waitlist") {
    const how = state === "waitlist" ? "wait" : needsApproval ? "ask" : "take";
    return (
      <div className="grid gap-2 max-lg:grid-cols-[1fr_auto] max-lg:items-center max-lg:gap-4">
        <p className="order-2 text-sm text-ink-soft max-lg:order-none lg:text-center lg:text-balance">
          {how === "take" ? (
            <Price options={options} />
          ) : (
            <>
              <span className="max-lg:hidden">{words[`${how}Text`]}</span>
              <span className="lg:hidden">{words[`${how}Short`]}</span>
            </>
          )}
        </p>
        <ButtonLink
          to={to}
          variant={join ? "secondary" : "primary"}
          size="lg"
          className="lg:w-full"
          icon={<ArrowRight aria-hidden="true" className="order-2 rtl:-scale-x-100" />}
        >
          {words[how]}
        </ButtonLink>
      </div>
    );
  }
  if (state === "opens_later" && opensAt) {
    return (
      <>
        <Button size="lg" wide aria-disabled disabled>
          <span>
            {words.opensIn} <Countdown to={opensAt} now={now} />
          </span>
        </Button>
        <p className="text-center text-sm text-ink-soft">
          {words.opensAt} <Time at={opensAt} zone={timeZone} />
        </p>
      </>
    );
  }
  return <Shut state={state} />;
}

const stories = {
  sold_out: ["full", "fullText"],
  by_invitation: ["invitation", "invitationText"],
  cancelled: ["cancelled", null],
  over: ["over", "overText"],
  closed: ["closed", "closedText"],
  opens_later: ["closed", null],
} as const;

function Shut({ state }: { state: Exclude<RegistrationOptions["state"], "open" | "waitlist"> }) {
  const words = useWords("registrations.card");
  const [title, text] = stories[state];
  return (
    <div className="grid gap-1 text-center lg:py-2">
      <p className="font-medium">{words[title]}</p>
      {text && <p className="text-sm text-ink-soft">{words[text]}</p>}
    </div>
  );
}

/** On a phone it stands beside the button, with what is left; on a wide screen that is told above. */
function Price({ options }: { options: RegistrationOptions }) {
  const words = useWords("registrations.card");
  const seats = useWords("ui.seats");
  const fill = useFill();
  const locale = useLocale();
  const { ticketTypes, capacity, taken } = options;
  const prices = ticketTypes.map(({ priceMinor }) => priceMinor);
  const least = Math.min(...prices);
  const hasSeveral = Math.max(...prices) > least;
  const says = !(least > 0) ? words.free : formatPrice(least, ticketTypes[0]?.currency ?? "EUR", locale);
  return (
    <>
      <span className="font-medium text-ink lg:block lg:text-center lg:font-normal lg:text-ink-soft">
        {hasSeveral ? fill(words.from, { price: says }) : says}
      </span>
      {capacity !== null && taken !== null && (
        <span className="block text-xs lg:hidden">{fill(seats.left, { n: Math.max(0, capacity - taken) })}</span>
      )}
      {options.sides.length > 1 &&
        options.sides
          .filter(({ left }) => left !== null)
          .map(({ side, left }) => (
            <span key={side} className="block text-xs lg:hidden">
              {fill(words.onSide, { side })}: {fill(words.sideLeft, { n: left ?? 0 })}
            </span>
          ))}
    </>
  );
}
