export const mailingStatuses = ["draft", "scheduled", "sending", "sent", "stopped"] as const;
export type MailingStatus = (typeof mailingStatuses)[number];

export const mailingActions = ["change", "schedule", "begin", "finish", "stop"] as const;
export type MailingAction = (typeof mailingActions)[number];

const table: Record<MailingStatus, Partial<Record<MailingAction, MailingStatus>>> = {
  draft: { change: "draft", schedule: "scheduled" },
  // Taken back before anybody got it, it is a draft again.
  scheduled: { stop: "draft", begin: "sending" },
  sending: { finish: "sent", stop: "stopped" },
  sent: {},
  stopped: {},
};

/** What becomes of a letter to many; undefined where that cannot be done to it now. */
export const moveMailing = (status: MailingStatus, action: MailingAction): MailingStatus | undefined =>
  table[status][action];
