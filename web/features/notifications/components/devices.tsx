import { Laptop, Smartphone } from "lucide-react";

import type { Device } from "#contract/devices.ts";
import { nameOfAgent } from "#web/features/identity/components/agent.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { SubmitButton } from "#web/ui/button.tsx";
import { Form } from "#web/ui/form.tsx";
import { Badge } from "#web/ui/surface.tsx";
import { Time } from "#web/ui/time.tsx";

/** The browsers that are rung: what each may name, and how it is left in peace. */
export function Devices({ items, zone }: { items: readonly Device[]; zone: string }) {
  const words = useWords("notifications.devices");
  if (items.length === 0) return null;
  return (
    <ul aria-label={words.list} className="grid">
      {items.map((device) => (
        <Row key={device.id} device={device} zone={zone} />
      ))}
    </ul>
  );
}

function Row({ device: { id, agent, isHere, showsTitles, createdAt }, zone }: { device: Device; zone: string }) {
  const words = useWords("notifications.devices");
  const fill = useFill();
  const { browser, system, isPhone } = nameOfAgent(agent);
  const name = browser && system ? fill(words.browserOn, { browser, system }) : browser || words.unknown;
  const Icon = isPhone ? Smartphone : Laptop;
  return (
    <li className="flex items-start gap-4 border-b border-line py-4 first:border-t">
      <Icon aria-hidden="true" className="size-6 shrink-0 text-ink-soft" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium" title={agent}>
          {name}
          {isHere && <Badge mood="good">{words.here}</Badge>}
        </p>
        <p className="text-xs text-ink-soft">
          {words.since} <Time at={createdAt} zone={zone} /> · {showsTitles ? words.naming : words.discreet}
        </p>
        <Form className="mt-3 flex flex-wrap gap-2" preventScrollReset>
          <input type="hidden" name="device" value={id} />
          <SubmitButton
            variant="secondary"
            size="sm"
            name="intent"
            value={showsTitles ? "hide" : "show"}
            aria-label={fill(showsTitles ? words.hideOf : words.showOf, { name })}
          >
            {showsTitles ? words.hide : words.show}
          </SubmitButton>
          <SubmitButton
            variant="secondary"
            size="sm"
            name="intent"
            value="remove"
            aria-label={fill(words.removeOf, { name })}
          >
            {words.remove}
          </SubmitButton>
        </Form>
      </div>
    </li>
  );
}
