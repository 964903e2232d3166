import { useState } from "react";

import { paths } from "#contract/paths.gen.ts";
import type { RoomView, rooms } from "#contract/rooms.ts";
import { send } from "#web/platform/send.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { Button } from "#web/ui/button.tsx";
import { closeDialog, Dialog } from "#web/ui/dialog.tsx";
import { toast } from "#web/ui/toast.tsx";

const id = "end-for-all";

/** Ending sends everybody away, so it is asked once more, with their number. */
export function EndDialog({ room, here }: { room: RoomView; here: number }) {
  const words = useWords("rooms.bar");
  const stage = useWords("rooms.stage");
  const common = useWords("ui.common");
  const fill = useFill();
  const [isPending, setPending] = useState(false);
  const end = async () => {
    setPending(true);
    try {
      await send<typeof rooms.end>(paths.rooms.end, { params: { gatheringId: room.gatheringId }, body: {} });
    } catch {
      toast(stage.notDone);
    }
    setPending(false);
    closeDialog(id);
  };
  return (
    <Dialog id={id} title={words.endTitle} text={fill(words.endText, { n: here })} role="alertdialog">
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => closeDialog(id)}>{common.cancel}</Button>
        <Button variant="danger" pending={isPending} onClick={end}>
          {words.endForAll}
        </Button>
      </div>
    </Dialog>
  );
}
