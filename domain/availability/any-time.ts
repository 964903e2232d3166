import { prepareSchedule } from "#domain/availability/schedule.ts";
import type { SlotsQuestion } from "#domain/availability/slots.ts";

const always = prepareSchedule({
  timeZone: "UTC",
  weekly: [{ days: [0, 1, 2, 3, 4, 5, 6], from: "00:00", to: "24:00" }],
});

/**
 * The same question, asked by a host who may book at any time: only what is taken stands in the way.
 *
 * Opening hours, notice, horizon and limits bind visitors; those who stand in for somebody are not asked.
 */
export function atAnyTime(question: SlotsQuestion, hostIds: readonly string[]): SlotsQuestion {
  return {
    ...question,
    event: { ...question.event, noticeMinutes: 0, horizon: undefined, limits: undefined },
    restriction: undefined,
    groups: question.groups.map((group) =>
      group.filter(({ id }) => hostIds.includes(id)).map((host) => ({ ...host, schedule: always })),
    ),
  };
}
