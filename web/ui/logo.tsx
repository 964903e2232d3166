import { dotArc } from "#domain/look/hemicycle.ts";

const rows = [
  { radius: 21, dots: 5 },
  { radius: 41, dots: 9 },
];

/** The mark: a small hall of seats. The one seat in the accent is the reader's. */
export function Mark({ className = "h-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 100 56" aria-hidden="true" className={`w-auto ${className}`} fill="none" strokeLinecap="round">
      {rows.map(({ radius, dots }) => {
        const { d, pathLength, size } = dotArc({
          ...{ x: 50, y: 49, radius, dots, from: Math.PI, step: Math.PI / (dots - 1), size: 12.5 },
        });
        return (
          <path
            key={d}
            d={d}
            pathLength={pathLength}
            strokeWidth={size}
            strokeDasharray="0.001 0.999"
            stroke="currentColor"
          />
        );
      })}
      <circle cx="50" cy="48" r="8" fill="var(--accent)" />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ name, className = "" }: { name: string; className?: string }) {
  return (
    <span className={`inline-flex items-end gap-2.5 ${className}`}>
      <Mark className="mb-[0.28rem] h-5" />
      <span className="font-serif text-lg leading-none font-[620] tracking-[-0.02em]">{name}</span>
    </span>
  );
}
