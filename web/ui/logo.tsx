import { dotArc } from "#domain/look/hemicycle.ts";

const seats = [
  { radius: 21, dots: 5 },
  { radius: 41, dots: 9 },
].map(({ radius, dots }) => {
  const step = Math.PI / (dots - 1);
  const { d, pathLength } = dotArc({ x: 50, y: 49, radius, dots, from: Math.PI, step, size: 0 });
  return `<path d="${d}" pathLength="${pathLength}"/>`;
});
const drawing = { __html: `${seats.join("")}<circle cx="50" cy="48" r="8" fill="var(--accent)" stroke="none"/>` };

/** The mark: a small hall of seats. The one seat in the accent is the reader's. */
export function Mark({ className = "h-6" }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 100 56"
      aria-hidden="true"
      className={`w-auto ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="12.5"
      strokeDasharray="0.001 0.999"
      strokeLinecap="round"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from numbers
      dangerouslySetInnerHTML={drawing}
    />
  );
}

/** Mark and name. */
export function Logo({ name, className = "" }: { name: string; className?: string }) {
  return (
    <span className={`inline-flex items-end gap-2.5 max-[23rem]:gap-1 ${className}`}>
      <Mark className="mb-[0.28rem] h-5" />
      <span className="font-serif text-lg leading-none font-[620] max-[23rem]:text-base tracking-[-0.02em]">
        {name}
      </span>
    </span>
  );
}
