import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { isFixed, isTold, noticeKinds, topicOf, topics, ways, wishesOf } from "#domain/notifications/topics.ts";

const aTopic = fc.constantFrom(...topics);
const aWay = fc.constantFrom(...ways);
const mutes = fc.array(fc.record({ topic: aTopic, way: aWay }), { maxLength: 12 });

describe("what somebody is told", () => {
  it("is everything, until they switch something off", () => {
    for (const topic of topics) for (const way of ways) expect(isTold([], topic, way)).toBe(true);
  });

  it("is all but what was switched off, and never less than what is fixed", () => {
    fc.assert(
      fc.property(mutes, aTopic, aWay, (off, topic, way) => {
        const isMuted = off.some((mute) => mute.topic === topic && mute.way === way);
        expect(isTold(off, topic, way)).toBe(isFixed(topic, way) || !isMuted);
        expect(wishesOf(off)[topic][way]).toBe(isTold(off, topic, way));
      }),
    );
  });

  it("never loses the letter with the ticket", () => {
    fc.assert(fc.property(mutes, (off) => isTold(off, "places", "letter")));
  });
});

describe("a kind of notice", () => {
  it("belongs to a topic that people can decide about", () => {
    for (const kind of noticeKinds) expect(topics).toContain(topicOf(kind));
  });
});
