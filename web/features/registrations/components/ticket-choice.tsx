import type { TicketOption } from "#contract/registrations.ts";
import { formatPrice } from "#web/features/registrations/components/price.ts";
import { useFill, useLocale, useWords } from "#web/platform/words.ts";
import { RadioGroup } from "#web/ui/choice.tsx";

interface Props {
  types: readonly TicketOption[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** Which kind of ticket, where there are several. */
export default function TicketChoice({ types, chosen, onChoose }: Props) {
  const words = useWords("registrations.form");
  const fill = useFill();
  const locale = useLocale();
  const price = ({ priceMinor, currency }: TicketOption) =>
    priceMinor === 0 ? words.free : formatPrice(priceMinor, currency, locale);
  const standing = ({ state, left }: TicketOption) => {
    if (state === "waitlist") return words.ticketWaits;
    if (state === "opens_later") return words.ticketLater;
    if (state === "closed") return words.ticketClosed;
    if (state === "sold_out") return fill(words.ticketLeft, { n: 0 });
    return left === null ? undefined : fill(words.ticketLeft, { n: left });
  };
  return (
    <RadioGroup
      name="ticketTypeId"
      label={words.ticket}
      defaultValue={chosen}
      onChoose={onChoose}
      options={types.map((type) => ({
        value: type.id,
        label: (
          <>
            <span dir="auto">{type.name}</span>
            {[price(type), standing(type)].filter(Boolean).map((says) => ` · ${says}`)}
          </>
        ),
        hint: type.description && <span dir="auto">{type.description}</span>,
        disabled: type.state !== "open" && type.state !== "waitlist",
      }))}
    />
  );
}
