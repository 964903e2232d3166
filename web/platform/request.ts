import { createContext } from "react-router";

import type { PageContext } from "#contract/page.ts";

/** Where the server puts what a page may lean on. It must be one object: `entry.server.tsx` hands it out, loaders read by it. */
export const requestContext = createContext<PageContext>();
