import { CircleCheck, Clock, Hourglass, MailQuestionMark, Ticket } from "lucide-react";
import type { ReactNode } from "react";

import type { Registration } from "#contract/registrations.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Time } from "#web/ui/time.tsx";

interface Props {
  mine: Registration;
  isOver: boolean;
  timeZone: string;
  /** The way into the live room, when there is one. */
  join: ReactNode;
}

/** What somebody has already, and the way to it. */
export function Mine({ mine, isOver, timeZone, join }: Props) {
  const words = useWords("registrations.card");
  const fill = useFill();
  const ticket = `/me/tickets/${mine.id}`;
  if (mine.status === "confirmed") {
    return (
      <>
        <Story
          icon={<CircleCheck className="text-good" />}
          title={isOver ? words.over : words.youAreIn}
          text={isOver ? words.overText : words.youAreInText}
        />
        {join}
        <ButtonLink to={ticket} variant={join ? "secondary" : "primary"} size="lg" wide icon={<Ticket aria-hidden />}>
          {words.showTicket}
        </ButtonLink>
      </>
    );
  }
  if (mine.status === "offered" && mine.offerEndsAt) {
    return (
      <>
        <Story
          icon={<Clock className="text-warn" />}
          title={words.youAreOffered}
          text={
            <>
              {words.offeredUntil} <Time at={mine.offerEndsAt} zone={timeZone} />
            </>
          }
        />
        <ButtonLink to={ticket} variant="primary" size="lg" wide>
          {words.answerOffer}
        </ButtonLink>
      </>
    );
  }
  const waits = mine.status === "waitlisted";
  return (
    <>
      <Story
        icon={waits ? <Hourglass className="text-accent" /> : <MailQuestionMark className="text-accent" />}
        title={waits ? fill(words.youWait, { position: mine.position ?? 1 }) : words.youAsked}
        text={waits ? words.youWaitText : words.youAskedText}
      />
      <ButtonLink to={ticket} size="lg" wide>
        {words.seeRequest}
      </ButtonLink>
    </>
  );
}

function Story({ icon, title, text }: { icon: ReactNode; title: string; text: ReactNode }) {
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-3">
      <span aria-hidden="true" className="row-span-2 mt-0.5 [&_svg]:size-5">
        {icon}
      </span>
      <p className="font-medium">{title}</p>
      <p className="text-sm text-ink-soft">{text}</p>
    </div>
  );
}
