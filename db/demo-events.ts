import type { z } from "zod";

import type { EventDraft } from "#contract/event-input.ts";
import type { DemoAccount } from "#db/demo-people.ts";

type Programme = "speakers" | "agenda";

/** An event of the demo. Its time is told by days from today and the clock of its zone. */
export interface DemoEvent {
  by: DemoAccount["email"];
  day: number;
  from: string;
  to: string;
  /** How many have registered. */
  guests: number;
  draft: Omit<EventDraft, "startTime" | "endTime" | "organizerId" | Programme> &
    Pick<z.input<typeof EventDraft>, Programme>;
}

const mara = "mara@example.org";
const library = "library@example.org";
const planner = "01900000-0000-7000-8000-0000000000a1";
const poet = "01900000-0000-7000-8000-0000000000a2";

/**
 * One event that is always on: an occurrence for every day, from midnight to midnight. Its host has no time for anything
 * else, so it is not whom others can book.
 */
export const openHouse: DemoEvent = {
  by: "ada@example.org",
  day: 0,
  from: "00:00",
  to: "24:00",
  guests: 23,
  draft: {
    title: "The open house",
    slug: "open-house",
    summary: "A room that is always open. Come in, say hello, and see how it feels to meet here.",
    description: `This room never closes. **Register, press “Join now”, and you are in**: with your camera or without, with a word in the chat or just to listen.

- try your camera and microphone before you enter
- share your screen, and your sound with it
- come from your phone, or from two devices at once

Nobody waits here for anybody. Bring a friend.`,
    category: "community",
    kind: "community_gathering",
    format: "virtual",
    timeZone: "Europe/Berlin",
    hue: 42,
  },
};

export const demoEvents: readonly DemoEvent[] = [
  {
    by: mara,
    day: 1,
    from: "18:30",
    to: "20:00",
    guests: 31,
    draft: {
      title: "Breathing room: an evening of quiet",
      slug: "breathing-room",
      summary: "Ninety minutes without a single notification. We sit, breathe, and walk home lighter.",
      description: `We begin with ten minutes of sitting, go on with a slow body scan, and end with tea.

No experience is needed. Bring a jumper; the hall is cool in the evening.`,
      category: "mindfulness",
      kind: "mindfulness",
      format: "hybrid",
      timeZone: "Europe/Berlin",
      placeName: "Glashaus am Kanal",
      placeAddress: "Ufer 12, Berlin",
      placeNotes: "Second courtyard, up the stairs.",
      inPersonCapacity: 36,
      virtualCapacity: 100,
      hue: 196,
    },
  },
  {
    by: library,
    day: 2,
    from: "19:00",
    to: "20:30",
    guests: 58,
    draft: {
      title: "How cities learn to listen",
      slug: "how-cities-learn-to-listen",
      summary: "Three planners and a poet on noise, rest, and what a street owes to the people who sleep beside it.",
      description: `A panel with questions from the floor and from the live room, moderated by the library.

Afterwards there is soup.`,
      category: "talks",
      kind: "panel_discussion",
      format: "hybrid",
      timeZone: "Europe/London",
      placeName: "Riverside Library, main hall",
      placeAddress: "3 Quay Street, Bristol",
      inPersonCapacity: 60,
      virtualCapacity: 250,
      hue: 262,
      speakers: [
        {
          id: planner,
          name: "Ines Okafor",
          headline: "Planner of quiet streets, Bristol",
          bio: "Measured the noise of every crossing in the city, and then moved eleven of them.",
        },
        { id: poet, name: "Tom Reyes", headline: "Poet", bio: "Walks at night, writes before breakfast." },
        { name: "Hanne Dahl", headline: "Planner, Malmö" },
        { name: "Yusuf Aydın", headline: "Planner and father of three light sleepers" },
      ],
      agenda: [
        { title: "Doors open", startsAfterMinutes: -30, placeName: "Main hall" },
        { title: "What a street owes", startsAfterMinutes: 0, durationMinutes: 25, speakerIds: [planner] },
        { title: "Five poems for a crossing", startsAfterMinutes: 25, durationMinutes: 10, speakerIds: [poet] },
        {
          title: "The panel, and your questions",
          description: "From the floor and from the live room, in turns.",
          startsAfterMinutes: 35,
          durationMinutes: 55,
        },
        { title: "Soup", startsAfterMinutes: 90, placeName: "Foyer" },
      ],
    },
  },
  {
    by: mara,
    day: 3,
    from: "10:00",
    to: "12:30",
    guests: 12,
    draft: {
      title: "Repair café: bring what is broken",
      slug: "repair-cafe",
      summary: "Toasters, zips, radios, chairs. Six people who can mend things, and coffee while you wait.",
      description: "Everything that fits through the door is welcome. Four things out of five go home working.",
      category: "community",
      kind: "community_gathering",
      format: "in_person",
      timeZone: "Europe/Berlin",
      placeName: "Werkstatt Nord",
      placeAddress: "Prinzenallee 8, Berlin",
      capacity: 12,
      hue: 24,
    },
  },
  {
    by: mara,
    day: 5,
    from: "17:00",
    to: "18:30",
    guests: 19,
    draft: {
      title: "Talking about grief, together",
      slug: "talking-about-grief",
      summary: "A small, guided circle online for people who have lost somebody.",
      description: `The circle is guided by two counsellors and stays small. Nobody has to speak.

Registrations are looked at one by one, so that the group fits; you will hear within a day.`,
      category: "support",
      kind: "support_group",
      conduct:
        "What is said here stays here. We listen, and give advice only when somebody asks for it. Nobody records, and nobody has to turn on their camera.",
      format: "virtual",
      timeZone: "Europe/Berlin",
      virtualCapacity: 20,
      needsApproval: true,
      hue: 318,
    },
  },
  {
    by: library,
    day: 6,
    from: "11:00",
    to: "12:00",
    guests: 27,
    draft: {
      title: "Story hour for small and tall",
      slug: "story-hour",
      summary: "Picture books read aloud, with a drum. For ears from three years on.",
      description: "Cushions are there. So is the drum.",
      category: "community",
      kind: "activity_group",
      format: "in_person",
      timeZone: "Europe/London",
      placeName: "Riverside Library, children's room",
      placeAddress: "3 Quay Street, Bristol",
      capacity: 30,
      hue: 88,
    },
  },
  {
    by: mara,
    day: 8,
    from: "09:00",
    to: "16:00",
    guests: 17,
    draft: {
      title: "Facilitating groups that disagree",
      slug: "facilitating-disagreement",
      summary: "A day of practice for people who lead meetings, classes or circles.",
      description: `What to do in the first five minutes, when to stop a discussion, and how to end so that people come back.

You work on cases of your own. Lunch is included.`,
      category: "training",
      kind: "professional_training",
      format: "in_person",
      timeZone: "Europe/Berlin",
      placeName: "Seminarhaus Lindenhof",
      placeAddress: "Lindenhof 1, Potsdam",
      capacity: 24,
      hue: 150,
      speakers: [{ name: "Mara Lindqvist", headline: "Has led meetings that nobody wanted for twenty years" }],
      agenda: [
        { title: "The first five minutes", startsAfterMinutes: 0, durationMinutes: 90 },
        { title: "When to stop a discussion", startsAfterMinutes: 105, durationMinutes: 75 },
        { title: "Lunch under the limes", startsAfterMinutes: 180, durationMinutes: 60 },
        { title: "Your own cases, in threes", startsAfterMinutes: 240, durationMinutes: 120 },
        { title: "How to end so that people come back", startsAfterMinutes: 375, durationMinutes: 45 },
      ],
    },
  },
  {
    by: library,
    day: 10,
    from: "18:00",
    to: "19:30",
    guests: 64,
    draft: {
      title: "Ask an astronomer anything",
      slug: "ask-an-astronomer",
      summary: "Live from a cold roof: one telescope, one astronomer, every question.",
      description: "If the sky is clear we look at Saturn. If it is not, we look at pictures and complain together.",
      category: "talks",
      kind: "q_and_a",
      format: "virtual",
      timeZone: "Europe/London",
      virtualCapacity: 100,
      hue: 232,
    },
  },
  {
    by: mara,
    day: 12,
    from: "19:00",
    to: "21:00",
    guests: 22,
    draft: {
      title: "Sourdough from nothing",
      slug: "sourdough-from-nothing",
      summary: "Flour, water, patience. Bake along from your own kitchen.",
      description:
        "You need a bowl, a tea towel and an oven. The list of ingredients is in the letter with your ticket.",
      category: "workshops",
      kind: "workshop",
      format: "virtual",
      timeZone: "Europe/Paris",
      virtualCapacity: 40,
      hue: 34,
    },
  },
  {
    by: library,
    day: 15,
    from: "14:00",
    to: "17:00",
    guests: 9,
    draft: {
      title: "Write the first page",
      slug: "write-the-first-page",
      summary: "A workshop for people who have a story and no beginning.",
      description: "We write for an hour, read for an hour, and spend the third on one sentence each.",
      category: "workshops",
      kind: "skill_workshop",
      format: "hybrid",
      timeZone: "Europe/London",
      placeName: "Riverside Library, reading room",
      placeAddress: "3 Quay Street, Bristol",
      inPersonCapacity: 14,
      virtualCapacity: 14,
      hue: 4,
    },
  },
  {
    by: mara,
    day: 19,
    from: "08:00",
    to: "09:00",
    guests: 14,
    draft: {
      title: "Slow run along the water",
      slug: "slow-run",
      summary: "Five kilometres at a pace at which one can talk. Every body is welcome.",
      description: "We meet at the bridge, leave nobody behind, and have breakfast afterwards.",
      category: "movement",
      kind: "wellness_activity",
      format: "in_person",
      timeZone: "Europe/Berlin",
      placeName: "Oberbaumbrücke, south side",
      placeAddress: "Berlin",
      hue: 128,
    },
  },
  {
    by: mara,
    day: 30,
    from: "16:00",
    to: "22:00",
    guests: 47,
    draft: {
      title: "The long table: a dinner for 120",
      slug: "the-long-table",
      summary: "One table, the length of a street. Bring a dish that somebody taught you.",
      description: `The table stands from the church to the well. At seven we sit down; at nine somebody always sings; there are blankets.

Tell us in your dish's name what is in it.`,
      category: "community",
      kind: "community_gathering",
      format: "in_person",
      timeZone: "Europe/Berlin",
      placeName: "Dorfstraße",
      placeAddress: "Lübars, Berlin",
      capacity: 120,
      hue: 352,
    },
  },
];
