/** A start that cannot go on, told in one sentence that says what to do. Printed without a stack trace. */
export class Unstartable extends Error {}

export const fullDisk = (folder: string) =>
  new Unstartable(`The disk that holds ${folder} is full: free some space there and start again.`);
