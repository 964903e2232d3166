import { Bell, Ticket } from "lucide-react";

import { useFill, useWords } from "#web/platform/words.ts";
import { Button, ButtonLink, IconButton } from "#web/ui/button.tsx";
import { Confirm, OpenDialog } from "#web/ui/dialog.tsx";
import { type Kept, SaveLine } from "#web/ui/save-line.tsx";
import { Badge, Notice, Panel, Section } from "#web/ui/surface.tsx";
import Slip from "#web/ui/toast-slip.tsx";

export function Letters() {
  const words = useWords("style.page");
  return (
    <Section id="letters" title={words.letters} text={words.quiet}>
      <Panel className="grid gap-2">
        <h2>{words.heading}</h2>
        <h3>{words.smaller}</h3>
        <p>
          <a href="#letters" className="link">
            {words.text}
          </a>
        </p>
        <p className="text-xs text-ink-soft">{words.quiet}</p>
      </Panel>
    </Section>
  );
}

const variants = ["primary", "secondary", "quiet", "danger", "live"] as const;
const sizes = ["sm", "md", "lg"] as const;

export function Buttons() {
  const words = useWords("style.page");
  const fill = useFill();
  return (
    <Section id="buttons" title={words.buttons}>
      <div className="grid gap-3">
        {sizes.map((size) => (
          <div key={size} className="flex flex-wrap items-center gap-3">
            {variants.map((variant) => (
              <Button key={variant} variant={variant} size={size} icon={<Ticket aria-hidden="true" />}>
                {fill(words.button, { variant })}
              </Button>
            ))}
          </div>
        ))}
        <div className="flex flex-wrap items-center gap-3">
          <Button pending>{words.pending}</Button>
          <Button variant="primary" disabled>
            {words.disabled}
          </Button>
          <ButtonLink to="#buttons">{words.heading}</ButtonLink>
          <IconButton label={words.heading}>
            <Bell aria-hidden="true" />
          </IconButton>
          <OpenDialog dialog="ask" variant="danger">
            {words.open}
          </OpenDialog>
          <Confirm id="ask" title={words.askTitle} text={words.askText} confirm={words.confirm} danger />
        </div>
      </div>
    </Section>
  );
}

const moods = ["neutral", "accent", "good", "warn", "bad"] as const;

export function Signs() {
  const words = useWords("style.page");
  const fill = useFill();
  return (
    <Section id="signs" title={words.signs}>
      <div className="mb-4 flex flex-wrap gap-3">
        {[...moods, "live" as const].map((mood) => (
          <Badge key={mood} mood={mood}>
            {fill(words.mood, { mood })}
          </Badge>
        ))}
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        {moods.map((mood) => (
          <Notice key={mood} mood={mood} title={fill(words.mood, { mood })}>
            {words.notice}
          </Notice>
        ))}
        <Notice icon={<Bell aria-hidden="true" />} action={<Button size="sm">{words.send}</Button>}>
          {words.notice}
        </Notice>
      </div>
    </Section>
  );
}

const kept: readonly Kept[] = ["dirty", "saving", "saved", "incomplete", "failed", "conflict"];
const nothing = () => {};

/** What is said in passing. */
export function Messages() {
  const words = useWords("style.page");
  const fill = useFill();
  return (
    <Section id="messages" title={words.messages}>
      <div className="grid gap-6 sm:grid-cols-2">
        <div className="grid content-start gap-1">
          {kept.map((state) => (
            <SaveLine key={state} state={state} says={{ [state]: fill(words.kept, { state }) }} />
          ))}
        </div>
        <div className="grid content-start justify-items-start gap-3">
          <Slip id={-1} text={words.notice} dismiss={nothing} />
          <Slip id={-2} text={words.notice} undo={nothing} dismiss={nothing} />
        </div>
      </div>
    </Section>
  );
}
