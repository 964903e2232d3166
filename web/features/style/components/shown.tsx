import { List as ListIcon, MailCheck } from "lucide-react";
import type { QrPicture } from "#web/platform/qr-path.ts";
import { useFill, useWords } from "#web/platform/words.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Countdown } from "#web/ui/countdown.tsx";
import { Fold } from "#web/ui/fold.tsx";
import { Cover, Fullness, Hall } from "#web/ui/hemicycle.tsx";
import { Linked } from "#web/ui/linked.tsx";
import { FilterChips, TabLinks } from "#web/ui/list.tsx";
import { Logo } from "#web/ui/logo.tsx";
import { ButtonMenu, MenuLink } from "#web/ui/menu.tsx";
import { More } from "#web/ui/more.tsx";
import { PageMessage } from "#web/ui/page.tsx";
import { QrCode } from "#web/ui/qr-code.tsx";
import { CopyField } from "#web/ui/share.tsx";
import { Avatar, Badge, EmptyState, Section } from "#web/ui/surface.tsx";
import { Table } from "#web/ui/table.tsx";
import { DateBlock, Time, TimeSpan } from "#web/ui/time.tsx";

const start = "2030-05-01T16:00:00Z";
const end = "2030-05-01T18:00:00Z";
const zone = "Europe/Berlin";
/** From where it is days, hours and seconds until then. */
const early = ["2030-04-28T10:00:00Z", "2030-05-01T10:45:00Z", "2030-05-01T15:59:18Z"];

export function Times() {
  const words = useWords("style.page");
  return (
    <Section id="times" title={words.times}>
      <div className="grid gap-6 sm:grid-cols-2">
        <div className="grid justify-items-start gap-2">
          <DateBlock at={start} zone={zone} />
          {(["date", "time", "full"] as const).map((style) => (
            <Time key={style} at={start} zone={zone} style={style} />
          ))}
          <p>
            <TimeSpan start={start} end={end} zone={zone} />
          </p>
          {early.map((now) => (
            <Countdown key={now} to={start} now={now} />
          ))}
        </div>
        <div className="grid justify-items-start gap-3">
          <Fullness taken={0} capacity={46} />
          <Fullness taken={31} capacity={46} />
          <Fullness taken={46} capacity={46} />
          <Fullness taken={12} capacity={null} />
          <Fullness taken={9} capacity={14} size="sm" />
        </div>
      </div>
    </Section>
  );
}

export function Lists() {
  const words = useWords("style.page");
  const fill = useFill();
  const options = [
    { value: "first", label: words.first },
    { value: "second", label: words.second },
  ];
  const columns = [
    { key: "name", title: words.name, show: (mood: string) => `${words.value} ${mood.length}`, as: "main" as const },
    {
      key: "state",
      title: words.state,
      show: (mood: string) => <Badge mood={mood as "good" | "warn"}>{fill(words.mood, { mood })}</Badge>,
    },
    { key: "seats", title: words.seats, show: (mood: string) => mood.length, as: "end" as const },
  ];
  return (
    <Section id="lists" title={words.lists}>
      <TabLinks
        label={words.lists}
        tabs={[
          { to: "/dev/ui", label: words.first, count: 3 },
          { to: "/dev/mail", label: words.second },
        ]}
      />
      <FilterChips name="show" label={words.one} options={options} all={words.lists} />
      <Table caption={words.table} columns={columns} rows={["good", "warn", "bad"]} rowKey={(mood) => mood} />
      <More cursor="next" />
      <div className="mt-6">
        {[words.first, words.second].map((title, at) => (
          <Fold key={title} title={title} isOpen={at === 1}>
            <Linked text={`${words.emptyText} https://example.org`} />
          </Fold>
        ))}
      </div>
      <EmptyState
        picture={<Hall dots={24} taken={0} className="h-16" />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={<ButtonLink to="#lists">{words.send}</ButtonLink>}
      />
      <PageMessage
        icon={<MailCheck aria-hidden="true" />}
        title={words.emptyTitle}
        text={words.emptyText}
        action={<ButtonLink to="#lists">{words.send}</ButtonLink>}
      />
    </Section>
  );
}

const hues = [195, 305, 45, 150];

export function Pictures({ qr }: { qr: QrPicture }) {
  const words = useWords("style.page");
  return (
    <Section id="pictures" title={words.pictures}>
      <div className="grid items-start gap-5 sm:grid-cols-4">
        {hues.map((hue) => (
          <div key={hue} className="overflow-hidden rounded-panel">
            <Cover seed={String(hue)} hue={hue} />
          </div>
        ))}
        <QrCode picture={qr} label={words.code} className="w-32" />
        <div className="flex gap-2">
          <Avatar name={words.value} />
          <Avatar name={words.heading} size={64} />
        </div>
        <Logo name="Plenary" />
        <div>
          <ButtonMenu label={words.lists} icon={<ListIcon aria-hidden="true" />}>
            <MenuLink to="#lists">{words.first}</MenuLink>
          </ButtonMenu>
        </div>
      </div>
      <div className="mt-5 max-w-md">
        <CopyField label={words.code} value="K7M2Q-9XHTA" />
      </div>
    </Section>
  );
}
