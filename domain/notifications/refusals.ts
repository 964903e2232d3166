/** What a mail server said, as far as it is known. */
export interface Said {
  code?: number;
  /** The command that it answered. */
  command?: string;
  text?: string;
}

const nobodyThere = new Set([550, 551, 553]);

/**
 * Whether a mail server has said for good that there is nobody at an address.
 *
 * Only its answer to the address counts, and not one about us or the letter (5.7.x): those say nothing of the mailbox.
 */
export const isHardRefusal = ({ code, command, text = "" }: Said): boolean =>
  command === "RCPT TO" && code !== undefined && nobodyThere.has(code) && !/\b5\.7\.\d/.test(text);
