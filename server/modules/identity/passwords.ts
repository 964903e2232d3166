import { hash, verify } from "@node-rs/argon2";

import type { Ctx } from "#server/platform/ctx.ts";
import { Problem } from "#server/platform/problem.ts";

const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** More at once would only keep the machine's threads from everybody else. */
const mostAtOnce = 2;
/** About two seconds of work; who comes after that is asked to come back. */
const mostWaiting = 100;

let working = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(ctx: Pick<Ctx, "reply">, work: () => Promise<T>): Promise<T> {
  if (working >= mostAtOnce) {
    if (waiting.length >= mostWaiting) {
      ctx.reply.header("retry-after", "5");
      throw new Problem("rate.limited", { retryAfterSeconds: 5 });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    working += 1;
  }
  try {
    return await work();
  } finally {
    // The place goes straight to the next in line, so that a newcomer cannot take it in between.
    const next = waiting.shift();
    if (next) next();
    else working -= 1;
  }
}

export const hashPassword = (ctx: Pick<Ctx, "reply">, password: string): Promise<string> =>
  inTurn(ctx, () => hash(password, cost));

let dummy: Promise<string> | undefined;

/** Whether the password is right. Where there is none to compare, it takes as long to say no. */
export async function isPassword(
  ctx: Pick<Ctx, "reply">,
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  dummy ??= hash("nobody has this password", cost);
  const against = passwordHash ?? (await dummy);
  const isRight = await inTurn(ctx, () => verify(against, password));
  return isRight && Boolean(passwordHash);
}
