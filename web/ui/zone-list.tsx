import { type ReactNode, useState } from "react";

import { dateFormat } from "#web/platform/format.ts";
import { useLocale } from "#web/platform/words.ts";

/**
 * All zones, as suggestions for a field: found by city, by the name of their time, and by how far it is from UTC.
 *
 * They are there once somebody is about to type, and not before: four hundred names take their time.
 */
export function useZoneList(id: string): { list: ReactNode; onFocus: () => void } {
  const locale = useLocale();
  const [zones, setZones] = useState<readonly { zone: string; says: string }[]>([]);
  const onFocus = () => {
    if (zones.length > 0) return;
    const now = new Date();
    const said = (timeZone: string, timeZoneName: "long" | "shortOffset") =>
      dateFormat(locale, { timeZone, timeZoneName })
        .formatToParts(now)
        .find(({ type }) => type === "timeZoneName")?.value ?? "";
    setZones(
      Intl.supportedValuesOf("timeZone").map((zone) => ({
        zone,
        says: `${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")} · ${said(zone, "long")} · ${said(zone, "shortOffset")}`,
      })),
    );
  };
  const list = (
    <datalist id={id}>
      {zones.map(({ zone, says }) => (
        <option key={zone} value={zone}>
          {says}
        </option>
      ))}
    </datalist>
  );
  return { list, onFocus };
}
