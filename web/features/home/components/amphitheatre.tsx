import { numberOf } from "#domain/look/seed.ts";

const rows = [330, 366, 402, 438, 474];
const spacing = 36;
const centre = { x: 520, y: 500 };
/** The reader's own seat: in which row, and how far along it. */
const yours = { row: 2, share: 0.36 };

type Kind = "empty" | "taken" | "accent";

interface Seat {
  x: number;
  y: number;
  kind: Kind;
}

function seatsOf(radius: number, row: number): Seat[] {
  const last = Math.round((Math.PI * radius) / spacing);
  return Array.from({ length: last + 1 }, (_, seat) => {
    const angle = Math.PI + (Math.PI * seat) / last;
    const chance = numberOf(`${row}/${seat}`, "hero");
    const kind = chance < 0.34 ? "empty" : chance < 0.86 ? "taken" : "accent";
    return {
      x: Math.round((centre.x + radius * Math.cos(angle)) * 10) / 10,
      y: Math.round((centre.y + radius * Math.sin(angle)) * 10) / 10,
      kind,
    };
  });
}

const halls = rows.map(seatsOf);
const strokes: Record<Kind, string> = { empty: "var(--line)", taken: "var(--ink)", accent: "var(--accent)" };
const kinds = Object.keys(strokes) as Kind[];

const own = (() => {
  const row = halls[yours.row] ?? [];
  return row[Math.round((row.length - 1) * yours.share)] ?? { x: 0, y: 0 };
})();

/** A hall seen from the stage: the audience around what is said in its middle, and one seat that is still yours. */
export function Amphitheatre({ seat, className = "" }: { seat: string; className?: string }) {
  return (
    <svg viewBox="0 0 1040 512" aria-hidden="true" className={className} strokeLinecap="round" strokeWidth="17">
      {halls.map((hall, row) => (
        <g key={rows[row]} className="animate-arrive" style={{ animationDelay: `${row * 70}ms` }}>
          {kinds.map((kind) => (
            <path
              key={kind}
              stroke={strokes[kind]}
              d={hall
                .filter((one) => one.kind === kind && !(one.x === own.x && one.y === own.y))
                .map(({ x, y }) => `M${x} ${y}h0`)
                .join("")}
            />
          ))}
        </g>
      ))}
      <g className="animate-arrive" style={{ animationDelay: "520ms" }}>
        <circle cx={own.x} cy={own.y} r="22" fill="var(--amber)" opacity="0.25" />
        <circle cx={own.x} cy={own.y} r="11" fill="var(--amber)" />
      </g>
      <title>{seat}</title>
    </svg>
  );
}
