import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { HydratedRouter } from "react-router/dom";
import worker from "#web/offline/worker.ts?worker&url";

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <HydratedRouter />
    </StrictMode>,
  );
});

// While developing, nothing may stand between the page and Vite.
if (import.meta.env.PROD) void navigator.serviceWorker?.register(worker, { scope: "/" });
