import { useFill, useWords } from "#web/platform/words.ts";
import { Badge } from "#web/ui/surface.tsx";
import { Table } from "#web/ui/table.tsx";
import { Time } from "#web/ui/time.tsx";

/** How long somebody was in a room, all their visits together. */
export interface Stay {
  pubkey: string;
  name: string;
  joinedAt: number;
  totalDurationMinutes: number;
  isHere: boolean;
}

/** Who was in a room, and for how long. */
export function StaysTable({ stays, zone }: { stays: readonly Stay[]; zone: string }) {
  const words = useWords("organize.attendance");
  const fill = useFill();
  return (
    <Table
      caption={words.caption}
      rows={stays}
      rowKey={({ pubkey }) => pubkey}
      columns={[
        { key: "name", title: words.name, as: "main", show: ({ name }) => name },
        {
          key: "joined",
          title: words.joined,
          show: ({ joinedAt }) => <Time at={new Date(joinedAt).toISOString()} zone={zone} />,
        },
        {
          key: "minutes",
          title: words.minutes,
          as: "end",
          show: ({ totalDurationMinutes, isHere }) => (
            <span className="inline-flex items-center gap-3">
              {isHere && <Badge mood="live">{words.here}</Badge>}
              {fill(words.stayed, { n: Math.round(totalDurationMinutes) })}
            </span>
          ),
        },
      ]}
    />
  );
}
