import type { RoomView } from "#contract/rooms.ts";
import type { Call } from "#web/features/rooms/components/call.ts";
import { OpenButton } from "#web/features/rooms/components/join-card.tsx";
import type { Ending } from "#web/features/rooms/state.ts";
import { useWords } from "#web/platform/words.ts";
import { Button, ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";

/** The last screen: what happened, and the ways on from it. */
export function Over({ room, why, code, call }: { room: RoomView; why: Ending; code?: string; call: Call }) {
  const words = useWords("rooms.over");
  const page = useWords("rooms.page");
  const refusals = useWords("rooms.refusal");
  const key = (code ?? "other").replace(".", "_") as keyof typeof refusals;
  const text = why === "refused" ? (refusals[key] ?? refusals.other) : words[`${why}Text`];
  // A room that was reopened meanwhile calls its people back.
  const mayReturn = room.mayJoin && why !== "removed" && why !== "banned";
  return (
    <div className="frame grid min-h-full max-w-[38rem]! content-center justify-items-center gap-4 py-12 text-center">
      <Hall dots={24} taken={why === "left" ? 15 : 0} className="mb-2 h-16" />
      <h1>{words[`${why}Title`]}</h1>
      <p role="status" className="max-w-[48ch] text-base text-ink-soft">
        {text}
      </p>
      <div className="mt-3 flex flex-wrap justify-center gap-3">
        {mayReturn && (
          <Button variant="primary" onClick={() => call.again()}>
            {words.again}
          </Button>
        )}
        {!mayReturn && why === "ended" && room.mayStart && <OpenButton room={room} />}
        {why === "ended" && room.attendanceUrl && (
          <ButtonLink to={room.attendanceUrl} variant="primary">
            {words.attendance}
          </ButtonLink>
        )}
        <ButtonLink to={room.pageUrl}>{page.back}</ButtonLink>
      </div>
    </div>
  );
}
