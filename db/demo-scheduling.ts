import type { CustomAnswers } from "#contract/questions.ts";
import type { EventTypeInput } from "#contract/scheduling.ts";
import type { DemoAccount } from "#db/demo-people.ts";

/** An event type of the demo; all of them are of one house. */
export interface DemoEventType {
  /** Who hosts it, with their part in it. */
  hosts: readonly { by: DemoAccount["email"]; weight?: number }[];
  /** Hours of its own, for the one who hosts it. */
  hours?: { name: string; weekly: { days: number[]; from: string; to: string }[] };
  /** Which of its next free times are booked, and by how many parties each. */
  booked: readonly { nth: number; parties: number; answers?: CustomAnswers }[];
  draft: Omit<EventTypeInput, "hosts" | "organizerId">;
}

const mara = "mara@example.org";
const tomasz = "tomasz@example.org";
const leila = "leila@example.org";

/** Who works with the one that organizes. */
export const demoColleagues = [tomasz, leila] as const;

export const demoBio =
  "Evenings of quiet, mornings of mending, and one long table a year. With Tomasz and Leila, between the canal and the old tram depot in Berlin.";

const about = "0199c0de-0000-7000-8000-000000000001";
const other = "0199c0de-0000-7000-8000-000000000002";
const people = "0199c0de-0000-7000-8000-000000000003";

const plain = {
  helpText: "",
  isRequired: false,
  options: [],
  validationRules: {},
  conditions: null,
  isSensitive: false,
  scope: "attendee" as const,
};

const workshopQuestions: EventTypeInput["questions"] = [
  {
    ...plain,
    id: about,
    questionText: "What should the afternoon be about?",
    questionType: "radio",
    isRequired: true,
    options: ["Listening", "Deciding together", "Disagreeing well", "Something else"],
  },
  {
    ...plain,
    id: other,
    questionText: "What else do you have in mind?",
    questionType: "textarea",
    conditions: { match: "all", rules: [{ questionId: about, operator: "equals", value: "Something else" }] },
  },
  {
    ...plain,
    id: people,
    questionText: "How many will you be?",
    helpText: "Roughly is enough: it decides about the room.",
    questionType: "number",
    validationRules: { min: 4, max: 40 },
  },
];

export const demoEventTypes: readonly DemoEventType[] = [
  {
    hosts: [{ by: mara }],
    booked: [
      { nth: 1, parties: 1 },
      { nth: 6, parties: 1 },
      { nth: 19, parties: 1 },
    ],
    draft: {
      name: "A first conversation",
      description:
        "Half an hour to find out what you have in mind, and whether we can help. Bring whoever should be there.",
      durations: [30, 15, 60],
      maxGuests: 3,
      timeZone: "Europe/Berlin",
      hue: 196,
    },
  },
  {
    hosts: [{ by: mara }],
    hours: { name: "Early mornings", weekly: [{ days: [2, 4], from: "07:30", to: "09:00" }] },
    booked: [
      { nth: 0, parties: 5 },
      { nth: 1, parties: 2 },
    ],
    draft: {
      name: "Sitting together before work",
      description: "A small circle for beginners. We sit, we breathe, and there is tea at the end. Cushions are there.",
      durations: [45],
      maxAttendees: 8,
      locationType: "in_person",
      locationDetails: "Glashaus am Kanal, Ufer 12, Berlin",
      timeZone: "Europe/Berlin",
      hue: 128,
    },
  },
  {
    hosts: [{ by: mara, weight: 2 }, { by: tomasz }, { by: leila }],
    booked: [
      { nth: 2, parties: 1 },
      { nth: 5, parties: 1 },
      { nth: 9, parties: 1 },
      { nth: 12, parties: 1 },
    ],
    draft: {
      name: "Plan a gathering with us",
      description:
        "Tell one of us about the evening, the panel or the dinner that you plan. You leave with a list of what to do next.",
      durations: [45],
      bufferTimeAfter: 15,
      slotIntervalMinutes: 30,
      team: "roundRobin",
      timeZone: "Europe/Berlin",
      hue: 24,
    },
  },
  {
    hosts: [{ by: mara }, { by: leila }],
    booked: [{ nth: 3, parties: 1, answers: { [about]: "Disagreeing well", [people]: 14 } }],
    draft: {
      name: "A workshop for your team",
      description:
        "Two of us lead your team through an afternoon of practice. We look at each request before we say yes.",
      durations: [120],
      needsApproval: true,
      team: "collective",
      minSchedulingNotice: 2880,
      questions: workshopQuestions,
      timeZone: "Europe/Berlin",
      hue: 318,
    },
  },
];
