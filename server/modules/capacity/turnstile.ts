import { type AnyRequest, serve } from "#server/modules/capacity/batch.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";

interface Passing {
  request: AnyRequest;
  settle: { resolve: (value: unknown) => void; reject: (error: unknown) => void };
}

interface Lane {
  waiting: Passing[];
}

const mostAtOnce = 100;
const lanes = new Map<string, Lane>();

/**
 * Passes a request through the turnstile of its lane.
 *
 * While one transaction is under way the requests behind it gather, and the next transaction serves them together:
 * the more people come at once, the fewer statements each of them costs.
 */
export function pass(ctx: Ctx, request: AnyRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const passing = { request, settle: { resolve, reject } };
    const lane = lanes.get(request.lane);
    if (lane) lane.waiting.push(passing);
    else void turn(ctx, request.lane, { waiting: [passing] });
  });
}

async function turn(ctx: Ctx, name: string, lane: Lane): Promise<void> {
  lanes.set(name, lane);
  // Requests that arrive in the same breath are served by the first transaction already.
  await new Promise((ready) => setImmediate(ready));
  while (lane.waiting.length > 0) await serveSome(ctx, lane.waiting.splice(0, mostAtOnce));
  lanes.delete(name);
}

async function serveSome(ctx: Ctx, passing: readonly Passing[]): Promise<void> {
  try {
    const settled = await inTx(ctx, (tctx) =>
      serve(
        tctx,
        passing.map(({ request }) => request),
      ),
    );
    for (const [n, { settle }] of passing.entries()) {
      const answer = settled[n];
      if (answer?.ok) settle.resolve(answer.value);
      else settle.reject(answer?.error);
    }
  } catch (error) {
    for (const { settle } of passing) settle.reject(error);
  }
}
