import { ChevronLeft, ChevronRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";

import type { CallView, Tile as TileView } from "#web/features/rooms/components/call-view.ts";
import { Tile } from "#web/features/rooms/components/tile.tsx";
import { largestTiles } from "#web/features/rooms/state.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { IconButton } from "#web/ui/button.tsx";

export type Layout = "gallery" | "speaker";

const gap = 8;
/** More faces at once help nobody, and a phone can't decode them. */
const mostWide = 25;
const mostNarrow = 8;
/** A face may lose a little at its sides and be seen larger; on an upright screen more than on a wide one. */
const wideShapes = [16 / 9, 3 / 2, 4 / 3];
const uprightShapes = [16 / 9, 4 / 3, 1, 4 / 5];

/** Everybody the same size, or one large and the others beside; who is alone there is told so, unless somebody knocks. */
export function Tiles({ view, layout, waiting }: { view: CallView; layout: Layout; waiting: number }) {
  const words = useWords("rooms.stage");
  const [pinned, setPinned] = useState<string | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const { tiles } = view;
  const large = layout === "speaker" || pinned !== null ? largeOf(view, pinned) : undefined;
  const pin = (id: string) => setPinned((now) => (now === id ? null : id));
  const isAlone = tiles.length === 1 && waiting === 0;
  return (
    <div ref={place} className="absolute inset-0 p-2 sm:p-3">
      {large && tiles.length > 1 ? (
        <Speaker large={large} tiles={tiles} size={size} pinned={pinned} pin={pin} />
      ) : (
        <Gallery tiles={tiles} size={size} pinned={pinned} pin={pin} />
      )}
      {isAlone && (
        <p className="animate-fade pointer-events-none absolute inset-x-0 top-[12%] z-10 grid justify-items-center gap-1 px-6 text-center">
          <span className="rounded-control bg-paper/80 px-4 py-2 backdrop-blur">
            <strong className="font-medium">{words.alone}</strong>
            <span className="block text-sm text-ink-soft">{words.aloneText}</span>
          </span>
        </p>
      )}
    </div>
  );
}

interface Size {
  width: number;
  height: number;
}

interface Arranged {
  tiles: readonly TileView[];
  size: Size;
  pinned: string | null;
  pin: (id: string) => void;
}

function Gallery({ tiles, size, pinned, pin }: Arranged) {
  const isNarrow = size.width < 640;
  const most = isNarrow ? mostNarrow : mostWide;
  const pages = Math.max(1, Math.ceil(tiles.length / most));
  const [wanted, setPage] = useState(0);
  const page = Math.min(wanted, pages - 1);
  const shown = tiles.slice(page * most, (page + 1) * most);
  const room = { width: size.width, height: size.height - (pages > 1 ? 52 : 0) };
  const box = largestTiles(shown.length, room, gap, room.height > room.width ? uprightShapes : wideShapes);
  return (
    <div className="flex h-full flex-col">
      <ul
        className="m-auto flex flex-wrap justify-center"
        style={{ gap, maxWidth: box.columns * box.width + (box.columns - 1) * gap + 1 }}
      >
        {shown.map((tile) => (
          <li key={tile.id} style={{ width: box.width, height: box.height }}>
            <Tile tile={tile} isPinned={pinned === tile.id} onPin={tiles.length > 1 ? () => pin(tile.id) : undefined} />
          </li>
        ))}
      </ul>
      {pages > 1 && <Pages page={page} pages={pages} setPage={setPage} />}
    </div>
  );
}

function Pages({ page, pages, setPage }: { page: number; pages: number; setPage: (page: number) => void }) {
  const words = useWords("rooms.stage");
  const fill = useFill();
  return (
    <div className="flex h-11 items-center justify-center gap-3">
      <IconButton label={words.earlier} disabled={page === 0} onClick={() => setPage(page - 1)}>
        <ChevronLeft aria-hidden="true" className="rtl:rotate-180" />
      </IconButton>
      <span className="tabular text-sm text-ink-soft">{fill(words.page, { page: page + 1, pages })}</span>
      <IconButton label={words.later} disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
        <ChevronRight aria-hidden="true" className="rtl:rotate-180" />
      </IconButton>
    </div>
  );
}

function Speaker({ large, tiles, size, pinned, pin }: Arranged & { large: TileView }) {
  const others = tiles.filter(({ id }) => id !== large.id);
  const isWide = size.width > size.height;
  return (
    <div className={`flex h-full gap-2 ${isWide ? "" : "flex-col"}`}>
      <div className="min-h-0 min-w-0 flex-1">
        <Tile tile={large} isLarge isPinned={pinned === large.id} onPin={() => pin(large.id)} />
      </div>
      <ul
        className={`flex shrink-0 gap-2 overflow-auto overscroll-contain ${
          isWide ? "w-[min(15rem,22%)] flex-col justify-center-safe" : "h-24 justify-center-safe"
        }`}
      >
        {others.map((tile) => (
          <li key={tile.id} className={`aspect-video shrink-0 ${isWide ? "w-full" : "h-full"}`}>
            <Tile tile={tile} isPinned={pinned === tile.id} onPin={() => pin(tile.id)} isSmall />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whom everybody should look at: who was chosen, what somebody shows, who speaks, else the first of the others. */
function largeOf({ tiles, speaker }: CallView, pinned: string | null): TileView | undefined {
  return (
    tiles.find(({ id }) => id === pinned) ??
    tiles.find(({ kind, isLocal }) => kind === "screen" && !isLocal) ??
    tiles.find(({ id }) => id === speaker) ??
    tiles.find(({ isLocal }) => !isLocal) ??
    tiles[0]
  );
}

function useSize(place: React.RefObject<HTMLDivElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = () => {
      const style = getComputedStyle(element);
      setSize({
        width: element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight),
        height: element.clientHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom),
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return size;
}
