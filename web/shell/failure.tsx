import { isRouteErrorResponse, useLocation } from "react-router";

import { text as ourText, title as ourTitle } from "#locales/en/collapse.json";
import type { Sentences } from "#web/platform/catalogue.ts";
import { signInFrom } from "#web/platform/next.ts";
import { refusalOf } from "#web/platform/refusal.ts";
import { useWords } from "#web/platform/words.ts";
import { Frame } from "#web/shell/frame.tsx";
import { useRoot } from "#web/shell/viewer.ts";
import { ButtonLink } from "#web/ui/button.tsx";
import { Hall } from "#web/ui/hemicycle.tsx";

/** A page that could not be shown, inside the house where the house still stands. */
export function Failure({ error }: { error: unknown }) {
  if (!useRoot()) return <Collapse />;
  return (
    <Frame>
      <FailureText error={error} />
    </Frame>
  );
}

/** The same for a frame of its own. */
export function FailureText({ error }: { error: unknown }) {
  const words = useWords("shell.failure");
  const here = useLocation();
  const kind = kindOf(error);
  const refusal = isRouteErrorResponse(error) ? refusalOf(error) : undefined;
  const reference = refusal?.details.requestId;
  return (
    <div className="frame grid max-w-[40rem]! justify-items-center gap-4 py-20 text-center sm:py-28">
      <Hall dots={24} taken={kind === "missing" ? 0 : 1} className="mb-2 h-16" />
      <h1>{failureTitle(error, words)}</h1>
      <p className="max-w-[52ch] text-base text-ink-soft">{words[`${kind}Text`]}</p>
      {typeof reference === "string" && (
        <p className="text-xs text-ink-soft">
          {words.reference} <code>{reference}</code>
        </p>
      )}
      <div className="mt-3 flex flex-wrap justify-center gap-3">
        {kind === "signIn" && (
          <ButtonLink to={signInFrom(here)} variant="primary">
            {words.signIn}
          </ButtonLink>
        )}
        {(kind === "ours" || kind === "tooMany") && (
          <ButtonLink to={here.pathname} reloadDocument variant="primary">
            {words.again}
          </ButtonLink>
        )}
        {kind === "missing" && (
          <ButtonLink to="/events" variant="primary">
            {words.browse}
          </ButtonLink>
        )}
        <ButtonLink to="/">{words.home}</ButtonLink>
      </div>
    </div>
  );
}

/** What happened, in a few words: the heading, and the name of the page in the browser's tab. */
export const failureTitle = (error: unknown, words: Sentences<"shell.failure">) => words[`${kindOf(error)}Title`];

function kindOf(error: unknown) {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  if (status === 401) return "signIn";
  if (status === 403) return "forbidden";
  if (status === 404 || status === 410) return "missing";
  if (status === 429) return "tooMany";
  return status < 500 ? "refused" : "ours";
}

/** Even the frame failed, and no catalogue with it: the one sentence that the bundle carries itself. */
function Collapse() {
  return (
    <main className="frame grid min-h-dvh max-w-[40rem]! content-center justify-items-center gap-4 text-center">
      <Hall dots={24} taken={1} className="h-16" />
      <h1>{ourTitle}</h1>
      <p className="text-base text-ink-soft">{ourText}</p>
    </main>
  );
}
