/** What may be done in each status, and where it leads. A dash says that it may not be done there. */
export type StateTable<Status extends string, Action extends string> = Readonly<
  Record<Status, Readonly<Record<Action, Status | "-">>>
>;

export type Move<Status extends string, Refusal extends string> =
  | { moved: true; to: Status; changed: boolean }
  | { moved: false; because: Refusal };

/** Says where an action leads from a status; every action in every status has an answer. */
export function move<Status extends string, Action extends string, Refusal extends string>(
  table: StateTable<Status, Action>,
  from: Status,
  action: Action,
  because: Refusal,
): Move<Status, Refusal> {
  const to = table[from][action];
  if (to === "-") return { moved: false, because };
  return { moved: true, to: to as Status, changed: to !== from };
}
