import { z } from "zod";

import { named } from "#contract/issue.ts";

/** A date, as patterns can tell it, in the years that things can be in. */
export const nearDay = [
  "((19[7-9]|20\\d|21\\d)\\d-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))",
  "(19[79][26]|198[048]|2[01][02468][48]|2[01][13579][26]|20[02468]0|21[2468]0)-02-29)",
].join("|");
const clock = "([01]\\d|2[0-3]):[0-5]\\d:";
const offset = "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)";

const isNear = (text: string) => text >= "1970" && text < "2200";

/** A calendar date that something can be on. */
export const NearDate = z.iso
  .date()
  .refine(isNear, named("years"))
  .meta({ pattern: `^${nearDay}$` });

/** An instant at which something can be. */
export const NearInstant = z.iso
  .datetime({ offset: true })
  .refine(isNear, named("years"))
  .meta({ pattern: `^${nearDay}T${clock}[0-5]\\d(\\.\\d+)?${offset}$` });

/** The same to the minute. */
export const NearMinute = NearInstant.refine((text) => Date.parse(text) % 60_000 === 0, named("minute")).meta({
  pattern: `^${nearDay}T${clock}00(\\.0+)?${offset}$`,
});

/** Signs nobody sees, some of which turn around what stands beside them. */
const unseen = /[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]/g;

/** What stands on one line wherever it is told: in lists, in calendars, in the headers of letters. */
export const Line = z.string().overwrite((text) =>
  text
    .replace(unseen, "")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim(),
);

const longestMailbox = 64;

/** An address as SMTP takes it: so long before the sign, 254 characters in all. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z
      .email()
      .max(254)
      .refine((text) => text.indexOf("@") <= longestMailbox, named("email")),
  );

/** Mailboxes make links of these; `Dr.Smith` and `J.R.R.` are none. */
const webAddress = /:\/\/|[wW]{3}\.|[\p{L}\p{N}-]{2}\.\p{Ll}{2,}(?!\p{L})|\.\p{Ll}{2,}\//u;

/** What somebody goes by. It stands in letters to others, to whom nobody shall send a web address by it. */
export const PersonName = Line.min(1)
  .max(120)
  .refine((name) => !webAddress.test(name), named("web_address"));
