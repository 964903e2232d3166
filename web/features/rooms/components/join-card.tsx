import { ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { Link, useRevalidator } from "react-router";

import { paths } from "#contract/paths.gen.ts";
import type { registrations } from "#contract/registrations.ts";
import type { RoomView, rooms } from "#contract/rooms.ts";
import type { OpenTerms } from "#contract/terms.ts";
import { acceptanceOf, TermsText, whatIsLeft } from "#web/features/registrations/components/terms-text.tsx";
import { Knock, useLetIn } from "#web/features/rooms/components/knock.tsx";
import { useLookAgain } from "#web/features/rooms/components/look-again.ts";
import { send } from "#web/platform/send.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Badge } from "#web/ui/surface.tsx";

const againMs = 15_000;

interface Props {
  room: RoomView;
  isJoining: boolean;
  /** Absent until the page can take somebody in. */
  onJoin: (() => void) | undefined;
}

/** What it is, as whom one comes in, and the one button: or why there is none, and what can be done about it. */
export function JoinCard({ room, isJoining, onJoin }: Props) {
  const words = useWords("rooms.green");
  const page = useWords("rooms.page");
  useAskAgain(room);
  const isLive = room.state === "live" || room.state === "waiting_room";
  const waiting = useLetIn(room, onJoin);
  return (
    <div className="grid justify-items-start gap-4">
      <Link to={room.pageUrl} className="link inline-flex items-center gap-2 text-sm">
        <ArrowLeft aria-hidden="true" className="size-4 rtl:rotate-180" />
        {page.back}
      </Link>
      {isLive && <Badge mood="live">{page.live}</Badge>}
      <h1 dir="auto" className="text-2xl!">
        {room.title}
      </h1>
      {room.me && (
        <p className="text-ink-soft">
          {room.me.as === "host" ? words.asHost : words.as} <strong className="text-ink">{room.me.displayName}</strong>
        </p>
      )}
      {room.because === "access.lobby_waiting" ? (
        <Knock {...waiting} />
      ) : (
        <Way room={room} isJoining={isJoining} onJoin={onJoin} />
      )}
    </div>
  );
}

function Way({ room, isJoining, onJoin }: Props) {
  const words = useWords("rooms.green");
  const refusals = useWords("rooms.refusal");
  const lookAgain = useLookAgain(room.gatheringId);
  if (room.mayJoin) {
    return (
      <>
        <Button
          variant="live"
          size="lg"
          wide
          disabled={!onJoin}
          pending={isJoining}
          onClick={onJoin}
          className="sm:w-auto! sm:px-10!"
        >
          {isJoining ? words.joining : words.join}
        </Button>
        <p className="text-xs text-ink-soft">{words.help}</p>
      </>
    );
  }
  if (room.because === "access.terms_needed" && room.terms)
    return <AcceptHere terms={room.terms} onAccepted={onJoin} isJoining={isJoining} />;
  if (room.state === "off" && room.because === "room.off") return <Off room={room} />;
  if (room.because === "room.not_open" || room.because === "room.ended") {
    return (
      <>
        {room.state === "ended" ? (
          <p className="text-base">{words.ended}</p>
        ) : (
          <p className="text-base">
            {room.opensAt && room.opensAt > room.now ? (
              <>
                {words.opensIn} <Countdown to={room.opensAt} now={room.now} onEnd={lookAgain} />
              </>
            ) : (
              words.notOpen
            )}
            <span className="mt-1 block text-sm text-ink-soft">{words.waitHere}</span>
          </p>
        )}
        {room.terms && room.state !== "ended" && <AcceptHere terms={room.terms} />}
        {room.mayStart && <OpenButton room={room} />}
      </>
    );
  }
  const key = (room.because ?? "other").replace(".", "_") as keyof typeof refusals;
  return (
    <>
      <p className="max-w-[48ch] text-base">{refusals[key] ?? refusals.other}</p>
      <div className="flex flex-wrap gap-3">
        {!room.me && !isShutOut(room) && (
          <ButtonLink variant="primary" to={`/sign-in?next=${encodeURIComponent(`/live/${room.gatheringId}`)}`}>
            {words.signIn}
          </ButtonLink>
        )}
        <ButtonLink to={room.pageUrl}>{words.register}</ButtonLink>
      </div>
    </>
  );
}

interface AcceptProps {
  terms: OpenTerms;
  /** Goes in at once; absent while there is nowhere to go yet. */
  onAccepted?: Props["onJoin"];
  isJoining?: boolean;
}

/** What is asked of everybody in the room, and the button that says so. */
function AcceptHere({ terms, onAccepted, isJoining = false }: AcceptProps) {
  const words = useWords("registrations.terms");
  const fill = useFill();
  const { revalidate } = useRevalidator();
  const [isPending, setPending] = useState(false);
  const accept = async () => {
    setPending(true);
    const input = { params: { id: terms.registrationId }, body: acceptanceOf(terms) };
    const isAccepted = await send<typeof registrations.acceptTerms>(paths.registrations.acceptTerms, input).then(
      () => true,
      () => false,
    );
    // When they have changed meanwhile, the new ones stand here now.
    await revalidate();
    setPending(false);
    if (isAccepted) onAccepted?.();
  };
  return (
    <div className="grid w-full justify-items-start gap-4 [&>details]:w-full">
      <TermsText {...terms} where="door" />
      <Button variant={onAccepted ? "live" : "primary"} size="lg" pending={isPending || isJoining} onClick={accept}>
        {fill(onAccepted ? words.acceptAndJoin : words.accept, whatIsLeft(terms))}
      </Button>
    </div>
  );
}

/** No account would help: a host has to let them in. */
const isShutOut = ({ because }: RoomView) => because === "access.banned" || because === "room.removed";

function Off({ room: { media } }: { room: RoomView }) {
  const words = useWords("rooms.green");
  const fill = useFill();
  return (
    <p role="status" className="max-w-[48ch] text-base">
      {media.state === "preparing"
        ? fill(words.preparing, { percent: Math.round((media.progress ?? 0) * 100) })
        : words.off}
      {media.reason && <span className="mt-1 block text-sm text-ink-soft">{media.reason}</span>}
    </p>
  );
}

/** For hosts: early, or once more. */
export function OpenButton({ room }: { room: RoomView }) {
  const words = useWords("rooms.green");
  const { revalidate } = useRevalidator();
  const [isPending, setPending] = useState(false);
  const open = async () => {
    setPending(true);
    await send<typeof rooms.start>(paths.rooms.start, { params: { gatheringId: room.gatheringId }, body: {} }).catch(
      () => undefined,
    );
    await revalidate();
    setPending(false);
  };
  return (
    <Button variant="primary" pending={isPending} onClick={open}>
      {room.state === "ended" ? words.reopen : words.openNow}
    </Button>
  );
}

/** While the door is shut for a reason that passes, we ask again; the channel tells sooner, to whom it may tell. */
function useAskAgain({ gatheringId, mayJoin, state }: RoomView): void {
  const lookAgain = useLookAgain(gatheringId);
  useEffect(() => {
    if (mayJoin || state === "ended") return;
    const timer = setInterval(lookAgain, againMs);
    return () => clearInterval(timer);
  }, [mayJoin, state, lookAgain]);
}
