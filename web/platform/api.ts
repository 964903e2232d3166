import { data, type RouterContextProvider, redirect } from "react-router";
import type { z } from "zod";

import type { PageContext, Refusal, Viewer } from "#contract/page.ts";
import { problems } from "#contract/problems.ts";
import type { Input, Route } from "#contract/route.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { requestContext } from "#web/platform/request.ts";

type Context = Readonly<RouterContextProvider>;

/** What the server told this page about its request. For loaders and actions only. */
export const pageOf = (context: Context): PageContext => context.get(requestContext);

/**
 * Asks the public API, in process, as the caller of this page.
 *
 * A refusal that nobody catches ends as the error page with its own HTTP status. For loaders and actions only: in the
 * browser use `send`.
 */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  context: Context,
  route: Route<P, Q, B, R>,
  input: Input<P, Q, B>,
  idempotencyKey?: string,
): Promise<z.output<R>> {
  try {
    return await pageOf(context).dispatch(route, input, idempotencyKey);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    throw refusal ? refuse(isNowhere(refusal) ? nowhere : refusal) : thrown;
  }
}

const nowhere: Refusal = { code: "route.not_found", message: "", details: {} };

/** Whether only the address was wrong: one that cannot be a name of anything leads nowhere, as others do. */
function isNowhere({ code, details: { fields } }: Refusal): boolean {
  return code === "request.invalid" && Array.isArray(fields) && fields.every(({ at }) => at.startsWith("params."));
}

/** What a loader throws to end as the error page for this refusal. */
export const refuse = ({ code, message, details }: Refusal) =>
  data({ code, message, details } satisfies Refusal, { status: problems[code].status });

/** The person who looks at this page; a stranger is sent to sign in and comes back afterwards. */
export function signedIn(context: Context, request: Request): Viewer {
  const { viewer } = pageOf(context);
  if (viewer) return viewer;
  throw redirect(`/sign-in?next=${encodeURIComponent(pathAsked(request))}`);
}

/** The page that is asked for; a browser that is in the house already asks for the data of a page, under another name. */
export function pathAsked(request: Request): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.delete("_routes");
  const path = pathname.replace(/\/_\.data$/, "/").replace(/\.data$/, "");
  return searchParams.size > 0 ? `${path}?${searchParams}` : path;
}

/** What an address asks of a list; nothing where it makes no sense, and never what the router adds to ask for data. */
export function queryAsked<S extends z.ZodObject>(request: Request, schema: S): Partial<z.output<S>> {
  const asked = [...new URL(request.url).searchParams].filter(([name, value]) => value !== "" && name in schema.shape);
  const read = schema.safeParse(Object.fromEntries(asked));
  return read.success ? read.data : {};
}
