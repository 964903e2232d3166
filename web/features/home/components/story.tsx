import { Check } from "lucide-react";
import type { ReactNode } from "react";

import { numberOf } from "#domain/look/seed.ts";
import { useWords } from "#web/platform/words.ts";
import { Cover, Hall } from "#web/ui/hemicycle.tsx";
import { Avatar } from "#web/ui/surface.tsx";

/** The whole of it in four pictures. */
export function Story() {
  const words = useWords("home.story");
  const steps = [
    { title: words.sayTitle, text: words.sayText, picture: <Draft /> },
    { title: words.seatTitle, text: words.seatText, picture: <Ticket /> },
    { title: words.doorTitle, text: words.doorText, picture: <Door /> },
    { title: words.afterTitle, text: words.afterText, picture: <Ledger /> },
  ];
  return (
    <section aria-labelledby="story">
      <h2 id="story" className="max-w-[20ch] text-2xl!">
        {words.title}
      </h2>
      <ol className="mt-10 grid gap-x-10 gap-y-12 md:grid-cols-2">
        {steps.map(({ title, text, picture }) => (
          <li key={title} className="grid content-start gap-5">
            <div
              aria-hidden="true"
              className="grid h-60 place-items-center overflow-hidden rounded-panel bg-sunken px-6 select-none"
            >
              {picture}
            </div>
            <div className="grid gap-1.5">
              <h3>{title}</h3>
              <p className="max-w-[52ch] text-base text-ink-soft">{text}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Card({ children, className = "" }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-panel border border-line bg-surface shadow-float ${className}`}>{children}</div>;
}

function Draft() {
  const words = useWords("home.sample");
  return (
    <Card className="w-full max-w-80 translate-y-6 overflow-hidden rounded-b-none!">
      <div className="h-24">
        <Cover seed="evening" hue={300} />
      </div>
      <div className="grid gap-1 p-4 pb-10">
        <p className="font-serif text-lg">
          {words.event}
          <span className="animate-breathe ms-0.5 inline-block h-[1em] w-px translate-y-0.5 bg-accent" />
        </p>
        <p className="text-sm text-ink-soft">{words.when}</p>
        <p className="text-sm text-ink-soft">{words.where}</p>
      </div>
    </Card>
  );
}

function Ticket() {
  const words = useWords("home.sample");
  return (
    <Card className="flex w-full max-w-80 -rotate-2 text-ink scheme-light">
      <div className="grid min-w-0 flex-1 content-between gap-6 p-4">
        <div>
          <p className="font-serif text-base leading-tight">{words.event}</p>
          <p className="mt-1 text-xs text-ink-soft">{words.when}</p>
        </div>
        <div>
          <p className="text-sm font-medium">{words.guest}</p>
          <p className="text-xs text-ink-soft">{words.seat}</p>
        </div>
      </div>
      <div className="border-s border-dashed border-edge/60 p-4">
        <CodePicture />
      </div>
    </Card>
  );
}

const cells = 19;

/** Looks like a code, and is none: nobody should try to scan the landing page. */
function CodePicture() {
  const isDark = (x: number, y: number) => numberOf(`${x}/${y}`, "code") < 0.48;
  const marks = Array.from({ length: cells * cells }, (_, at) => ({ x: at % cells, y: Math.floor(at / cells) }));
  const corner = ({ x, y }: { x: number; y: number }) => (x < 6 && y < 6) || (x > 12 && y < 6) || (x < 6 && y > 12);
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${cells} ${cells}`} className="size-28" fill="none" stroke="var(--ink)">
      <path
        stroke="none"
        fill="var(--ink)"
        d={marks
          .filter((mark) => !corner(mark) && isDark(mark.x, mark.y))
          .map(({ x, y }) => `M${x} ${y}h1v1h-1z`)
          .join("")}
      />
      {[
        [0, 0],
        [14, 0],
        [0, 14],
      ].map(([x = 0, y = 0]) => (
        <g key={`${x}/${y}`}>
          <rect x={x + 0.5} y={y + 0.5} width="4" height="4" />
          <rect x={x + 2} y={y + 2} width="1" height="1" fill="var(--ink)" />
        </g>
      ))}
    </svg>
  );
}

function Door() {
  const words = useWords("home.sample");
  return (
    <div className="flex items-center gap-4">
      <Card className="grid w-40 justify-items-center gap-2 bg-good! p-5 text-center text-paper! scheme-light">
        <span className="grid size-12 place-items-center rounded-full bg-[oklch(1_0_0/0.2)]">
          <Check className="size-7" />
        </span>
        <p className="font-medium">{words.welcome}</p>
        <p className="text-xs">{words.inside}</p>
      </Card>
      <div className="grid grid-cols-2 gap-2 scheme-dark">
        {["Grace Hopper", "Alan Kay", "Mary Jackson", "Tim Lee"].map((name) => (
          <span key={name} className="grid h-20 w-24 place-items-center rounded-control bg-surface max-sm:w-16">
            <Avatar name={name} size={38} />
          </span>
        ))}
      </div>
    </div>
  );
}

function Ledger() {
  const words = useWords("home.sample");
  const heights = [12, 30, 52, 74, 88, 92, 90, 94, 91, 86, 88, 84, 80, 78, 46, 20];
  return (
    <Card className="grid w-full max-w-80 gap-4 p-4">
      <div className="flex items-center justify-between gap-3">
        <div>
          <p className="font-medium">{words.present}</p>
          <p className="text-xs text-ink-soft">{words.minutes}</p>
        </div>
        <Hall dots={30} taken={27} className="h-10" />
      </div>
      <svg
        aria-hidden="true"
        viewBox="0 0 320 100"
        className="w-full"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="13"
      >
        <path
          opacity="0.8"
          strokeLinecap="round"
          d={heights.map((height, at) => `M${10 + at * 20} 93V${100 - height}`).join("")}
        />
      </svg>
    </Card>
  );
}
