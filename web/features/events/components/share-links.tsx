import { useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";

/** Ways to hand an event on, as plain links: nothing of those sites is loaded before one is chosen. */
export function ShareLinks({ id, title, url }: { id: string; title: string; url: string }) {
  const words = useWords("events.share");
  const [link, text] = [encodeURIComponent(url), encodeURIComponent(title)];
  const ways = [
    [words.letter, `mailto:?subject=${text}&body=${link}`],
    [words.whatsapp, `https://wa.me/?text=${text}%20${link}`],
    [words.linkedin, `https://www.linkedin.com/sharing/share-offsite/?url=${link}`],
    [words.facebook, `https://www.facebook.com/sharer/sharer.php?u=${link}`],
    [words.x, `https://x.com/intent/post?text=${text}&url=${link}`],
    [words.bluesky, `https://bsky.app/intent/compose?text=${text}%20${link}`],
    [words.code, `/api/v1/events/${id}/qr.svg`],
    [words.codePicture, `/api/v1/events/${id}/qr.png`],
  ];
  return (
    <>
      <Button variant="quiet" size="sm" popoverTarget="share" style={anchor("anchorName")}>
        {words.share}
      </Button>
      <ul id="share" popover="auto" style={anchor("positionAnchor")} className="menu">
        {ways.map(([says, to]) => (
          <li key={to}>
            <a
              href={to}
              download={to?.startsWith("/") ? "" : undefined}
              target={to?.startsWith("https") ? "_blank" : undefined}
              rel="noreferrer"
              className="flex min-h-9 items-center rounded-control px-3 text-sm hover:bg-sunken pointer-coarse:min-h-11"
            >
              {says}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

const anchor = (as: string) => ({ [as]: "--share" }) as object;
