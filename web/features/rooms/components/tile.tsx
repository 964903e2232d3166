import { MicOff, Pin, PinOff, SignalLow, SignalZero } from "lucide-react";
import { useEffect, useRef } from "react";

import type { Tile as TileView } from "#web/features/rooms/components/call-view.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Avatar } from "#web/ui/surface.tsx";

interface Props {
  tile: TileView;
  isLarge?: boolean;
  isSmall?: boolean;
  isPinned: boolean;
  onPin?: () => void;
}

/** One picture with its name. A ring and a word in the name's place tell who speaks; nothing is told by colour alone. */
export function Tile({ tile, isLarge, isSmall, isPinned, onPin }: Props) {
  const words = useWords("rooms.stage");
  const fill = useFill();
  const { name, isLocal, kind, video, isSpeaking, isSilent, quality } = tile;
  const label =
    kind === "screen"
      ? isLocal
        ? words.yourScreen
        : fill(words.screenOf, { name })
      : isLocal
        ? fill(words.you, { name })
        : name;
  const rings = kind === "camera" && isSpeaking && !isSilent;
  return (
    <figure
      data-tile={tile.id}
      data-kind={kind}
      data-local={isLocal}
      className={`group relative size-full overflow-hidden rounded-[12px] bg-[oklch(0.2_0.014_265)] transition-shadow ${
        rings ? "ring-3 ring-[oklch(0.78_0.095_190)]" : "ring-1 ring-line"
      }`}
    >
      {video ? <Picture tile={tile} isLarge={isLarge} /> : <Face name={name} isSmall={isSmall} />}
      <figcaption className="absolute start-2 bottom-2 flex max-w-[calc(100%-1rem)] items-center gap-1.5 rounded-[8px] bg-paper/75 px-2 py-1 text-xs font-medium text-ink backdrop-blur-sm [&_svg]:size-3.5 [&_svg]:shrink-0">
        {kind === "camera" && isSilent && <MicOff role="img" aria-label={words.silent} />}
        {quality === "poor" && <SignalLow role="img" aria-label={words.poor} className="text-warn" />}
        {quality === "lost" && <SignalZero role="img" aria-label={words.lost} className="text-bad" />}
        <span className="truncate">{label}</span>
        {!isSmall && tile.as === "host" && kind === "camera" && (
          <span className="rounded-[5px] bg-ink/16 px-1.5 text-[0.6875rem]">{words.host}</span>
        )}
      </figcaption>
      {onPin && (
        <button
          type="button"
          aria-pressed={isPinned}
          aria-label={fill(isPinned ? words.unpin : words.pin, { name: label })}
          onClick={onPin}
          className={`absolute end-2 top-2 grid size-9 place-items-center rounded-full bg-paper/75 text-ink transition-opacity pointer-coarse:size-11 focus-visible:rounded-full focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-60 [&_svg]:size-4 ${
            isPinned ? "" : "opacity-0"
          }`}
        >
          {isPinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
        </button>
      )}
    </figure>
  );
}

function Picture({ tile: { video, kind, isLocal }, isLarge }: { tile: TileView; isLarge?: boolean }) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = element.current;
    if (!video || !shown) return;
    // The engine sends each picture in the size of the element that shows it.
    video.attach(shown);
    return () => void video.detach(shown);
  }, [video]);
  const whole = kind === "screen" || isLarge;
  return (
    <video
      ref={element}
      autoPlay
      muted
      playsInline
      className={`size-full ${whole ? "object-contain" : "object-cover"} ${isLocal && kind === "camera" ? "-scale-x-100" : ""}`}
    />
  );
}

function Face({ name, isSmall }: { name: string; isSmall?: boolean }) {
  return (
    <div className="grid size-full place-items-center">
      <Avatar name={name} size={isSmall ? 44 : 88} />
    </div>
  );
}
