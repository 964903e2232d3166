import { describe, expect, it } from "vitest";

import { wrongWords } from "#ops/check-words.ts";

const english = new Map([
  ["events.page.title", "Events"],
  ["events.page.seats", "{left, plural, one {# seat} other {# seats}} left"],
]);

describe("the words", () => {
  it("are all there when they are asked for", () => {
    const page = {
      path: "web/features/events/event-page.tsx",
      text: 'say("events.page.title"); say("events.page.where");',
    };
    const service = { path: "server/platform/http.ts", text: 'say(ctx.locale, "events.page.who")' };

    expect(wrongWords(new Map([["en", english]]), [page, service])).toEqual([
      "web/features/events/event-page.tsx: says events.page.where, which locales/en does not have",
      "server/platform/http.ts: says events.page.who, which locales/en does not have",
    ]);
  });

  it("are there in every language", () => {
    const german = new Map([["events.page.title", "Veranstaltungen"]]);

    expect(
      wrongWords(
        new Map([
          ["en", english],
          ["de", german],
        ]),
        [],
      ),
    ).toEqual(["locales/de: lacks events.page.seats"]);
  });

  it("are nowhere left in English, but for names and words that both languages have", () => {
    const both = (seats: string) =>
      new Map([
        ...english,
        ["events.page.chat", "Chat {n}"],
        ["events.page.seats", seats],
        ["events.page.title", "Termine"],
      ]);

    const copy = "{left, plural, one {# seat} other {# seats}} left";
    expect(
      wrongWords(
        new Map([
          ["en", new Map([...english, ["events.page.chat", "Chat {n}"]])],
          ["de", both(copy)],
        ]),
        [],
      ),
    ).toEqual(["locales/de: events.page.seats is still in English"]);
  });

  it("are in no language beyond English, and filled alike in all", () => {
    const german = new Map([
      ["events.page.title", "Veranstaltungen von {name}"],
      ["events.page.seats", "Noch {left, plural, =1 {ein Platz} other {# Plätze}}"],
      ["events.page.old", "Früher"],
    ]);
    const side = "{side, select, virtual {Online} other {Here}}";
    const both = (sentence: string, more: Map<string, string>) => new Map([...more, ["events.page.side", sentence]]);

    expect(
      wrongWords(
        new Map([
          ["en", both(side, english)],
          ["de", both("{side, select, online {Online} other {Hier}}", german)],
        ]),
        [],
      ),
    ).toEqual([
      "locales/de: events.page.old is not in locales/en",
      "locales/de: events.page.title has the places name, in English none",
      "locales/de: events.page.side has the places side(online|other), in English side(other|virtual)",
    ]);
  });

  it("can be filled", () => {
    const torn = new Map([["events.page.seats", "{left, plural, one {# seat}} left"]]);

    expect(wrongWords(new Map([["en", torn]]), [])).toEqual([
      expect.stringContaining("events.page.seats cannot be filled"),
    ]);
  });
});
