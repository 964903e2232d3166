import { useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";

/** The other way of coming together: not one time for many, but many times for one. */
export function Times() {
  const words = useWords("home.times");
  return (
    <section aria-labelledby="times" className="grid items-center gap-x-16 gap-y-8 lg:grid-cols-[2fr_3fr]">
      <div className="grid justify-items-start gap-4">
        <h2 id="times" className="text-2xl!">
          {words.title}
        </h2>
        <p className="max-w-[52ch] text-base text-ink-soft">{words.text}</p>
        <ButtonLink to="/sign-up?next=%2Fevent-types" size="lg" className="mt-2">
          {words.action}
        </ButtonLink>
      </div>
      <div
        aria-hidden="true"
        className="grid min-h-80 place-items-center overflow-hidden rounded-panel bg-sunken p-6 select-none"
      >
        <Sample />
      </div>
    </section>
  );
}

const days = Array.from({ length: 35 }, (_, at) => at);
const chosen = 17;
const free = new Set([8, 9, 11, 15, 16, 18, 22, 24, 25, 29, 30]);
const times = ["9:30", "11:00", "14:00", "15:30"];

/** A month whose days are seats: some are free, one is taken now. */
function Sample() {
  const words = useWords("home.times");
  const lookOf = (at: number) => (at === chosen ? "bg-accent" : free.has(at) ? "bg-accent/35" : "bg-ink/10");
  return (
    <div className="flex w-full max-w-[32rem] overflow-hidden rounded-panel border border-line bg-surface shadow-float">
      <div className="grid flex-1 gap-5 p-5 sm:p-6">
        <div>
          <p className="font-serif text-lg leading-tight">{words.what}</p>
          <p className="mt-1 text-xs text-ink-soft">{words.long}</p>
        </div>
        <div className="grid max-w-56 grid-cols-7 gap-2">
          {days.map((at) => (
            <span key={at} className={`aspect-square rounded-full ${lookOf(at)}`} />
          ))}
        </div>
      </div>
      <div className="grid content-center gap-2 border-s border-line p-5 text-center text-sm sm:w-40">
        <p className="mb-1 text-xs text-ink-soft">{words.day}</p>
        {times.map((time) => (
          <span
            key={time}
            className={`rounded-control border px-3 py-1.5 tabular ${time === "11:00" ? "border-accent bg-accent text-on-accent" : "border-line"}`}
          >
            {time}
          </span>
        ))}
      </div>
    </div>
  );
}
