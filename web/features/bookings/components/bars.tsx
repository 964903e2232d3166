import { numberFormat } from "#web/platform/format.ts";
import { useLocale, useWords } from "#web/platform/words.ts";

export interface Bar {
  key: string;
  label: string;
  /** Said instead of the label where there is room. */
  long?: string;
  total: number;
  cancelled?: number;
  noShow?: number;
}

interface Props {
  /** What it shows, for ears and above the table. */
  caption: string;
  /** What the first column is. */
  of: string;
  bars: readonly Bar[];
  /** Each on a line of its own; else side by side. */
  isLying?: boolean;
  /** Bars are told apart by what came of them. */
  hasOutcomes?: boolean;
}

/** A chart from nought, drawn of boxes, and the same figures as a table below it. */
export function Bars({ caption, of, bars, isLying, hasOutcomes }: Props) {
  const words = useWords("bookings.figures");
  const most = Math.max(1, ...bars.map(({ total }) => total));
  return (
    <figure className="grid grid-cols-1 gap-3">
      <div aria-hidden="true">{isLying ? <Lying {...{ bars, most }} /> : <Standing {...{ bars, most }} />}</div>
      <details>
        <summary className="inline-flex min-h-9 items-center rounded-control text-sm text-ink-soft hover:text-ink pointer-coarse:min-h-11">
          <span className="underline decoration-dotted underline-offset-4">{words.asTable}</span>
        </summary>
        <table className="mt-2 text-sm [&_td]:py-1 [&_td]:pe-6 [&_th]:py-1 [&_th]:pe-6 [&_th]:text-start">
          <caption className="sr-only">{caption}</caption>
          <thead className="text-xs text-ink-soft">
            <tr>
              <th scope="col">{of}</th>
              <th scope="col">{words.bookings}</th>
              {hasOutcomes && <th scope="col">{words.cancelled}</th>}
              {hasOutcomes && <th scope="col">{words.noShow}</th>}
            </tr>
          </thead>
          <tbody className="tabular">
            {bars.map(({ key, label, long = label, total, cancelled = 0, noShow = 0 }) => (
              <tr key={key}>
                <th scope="row" className="font-normal" suppressHydrationWarning>
                  {long}
                </th>
                <td>{total}</td>
                {hasOutcomes && <td>{cancelled}</td>}
                {hasOutcomes && <td>{noShow}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

const kept = ({ total, cancelled = 0, noShow = 0 }: Bar) => total - cancelled - noShow;

const mostLabels = 7;

function Standing({ bars, most }: { bars: readonly Bar[]; most: number }) {
  const locale = useLocale();
  const every = Math.ceil(bars.length / mostLabels);
  const part = (n: number) => ({ height: `${(n / most) * 100}%` });
  return (
    <div className="grid grid-cols-1 gap-1">
      <div className="relative flex h-40 items-end gap-px border-b border-line sm:gap-1">
        <span className="absolute inset-x-0 top-0 border-t border-dashed border-line text-xs text-ink-soft tabular">
          {numberFormat(locale, {}).format(most)}
        </span>
        {bars.map((bar) => (
          <span
            key={bar.key}
            title={`${bar.long ?? bar.label}: ${bar.total}`}
            className="relative flex h-full min-w-0 flex-1 flex-col justify-end hover:opacity-80"
          >
            <span className="bg-warn" style={part(bar.noShow ?? 0)} />
            <span className="bg-ink/20" style={part(bar.cancelled ?? 0)} />
            <span className="bg-accent" style={part(kept(bar))} />
          </span>
        ))}
      </div>
      <div className="relative h-5 overflow-hidden text-xs text-ink-soft tabular">
        {bars.map(
          ({ key, label }, n) =>
            n % every === 0 && (
              <span
                key={key}
                className="absolute whitespace-nowrap"
                style={{ insetInlineStart: `${(n / bars.length) * 100}%` }}
                suppressHydrationWarning
              >
                {label}
              </span>
            ),
        )}
      </div>
    </div>
  );
}

function Lying({ bars, most }: { bars: readonly Bar[]; most: number }) {
  const locale = useLocale();
  const part = (n: number) => ({ width: `${(n / most) * 100}%` });
  return (
    <div className="grid grid-cols-[minmax(5rem,auto)_1fr_auto] items-center gap-x-4 gap-y-2 text-sm">
      {bars.map((bar) => (
        <div key={bar.key} className="contents">
          <span className="max-w-44 truncate" suppressHydrationWarning>
            {bar.label}
          </span>
          <span className="flex h-3 overflow-hidden rounded-full bg-sunken">
            <span className="bg-accent" style={part(kept(bar))} />
            <span className="bg-ink/20" style={part(bar.cancelled ?? 0)} />
            <span className="bg-warn" style={part(bar.noShow ?? 0)} />
          </span>
          <span className="text-end text-ink-soft tabular">{numberFormat(locale, {}).format(bar.total)}</span>
        </div>
      ))}
    </div>
  );
}
