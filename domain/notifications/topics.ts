/** What people are told about. */
export const topics = ["places", "changes", "reminders", "announcements", "following", "hosting"] as const;
export type Topic = (typeof topics)[number];

/** How they are told. */
export const ways = ["letter", "notice", "push"] as const;
export type Way = (typeof ways)[number];

export interface Mute {
  topic: string;
  way: string;
}

/** Each kind of notice, and what it is about. */
const topicOfKind = {
  "registration.confirmed": "places",
  "registration.declined": "places",
  "registration.offered": "places",
  "registration.lapsed": "places",
  "registration.cancelled": "places",
  "registration.relocated": "places",
  "event.changed": "changes",
  "event.cancelled": "places",
  "event.reminder": "reminders",
  "event.announced": "announcements",
  "event.followed": "following",
  "people.confirmed": "hosting",
  "people.pending": "hosting",
  "people.waiting": "hosting",
  "review.submitted": "hosting",
  "review.approved": "hosting",
  "review.changes_asked": "hosting",
  "review.rejected": "hosting",
  "review.unpublished": "hosting",
  "team.invited": "hosting",
  "team.joined": "hosting",
  "team.role_changed": "hosting",
  "team.removed": "hosting",
  "team.left": "hosting",
  "team.handed_over": "hosting",
  "team.gave_over": "hosting",
} as const satisfies Record<string, Topic>;

export type NoticeKind = keyof typeof topicOfKind;
export const noticeKinds = Object.keys(topicOfKind) as [NoticeKind, ...NoticeKind[]];

export const topicOf = (kind: NoticeKind): Topic => topicOfKind[kind];

/** Whether it cannot be switched off: letters about one's places bring the ticket and the way in. */
export const isFixed = (topic: Topic, way: Way): boolean => topic === "places" && way === "letter";

/** Whether somebody with these mutes is told of a topic in a way. */
export const isTold = (mutes: readonly Mute[], topic: Topic, way: Way): boolean =>
  isFixed(topic, way) || !mutes.some((mute) => mute.topic === topic && mute.way === way);

export type Wishes = Record<Topic, Record<Way, boolean>>;

/** How somebody with these mutes is told of each topic. */
export const wishesOf = (mutes: readonly Mute[]): Wishes => {
  const told = (topic: Topic) => ({
    letter: isTold(mutes, topic, "letter"),
    notice: isTold(mutes, topic, "notice"),
    push: isTold(mutes, topic, "push"),
  });
  return Object.fromEntries(topics.map((topic) => [topic, told(topic)])) as Wishes;
};
