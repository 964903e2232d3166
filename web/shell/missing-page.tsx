import { refuse } from "#web/platform/api.ts";

/** Catches every address that is no page, so that the frame and its words are there to say so. */
export function loader(): never {
  throw refuse({ code: "route.not_found", message: "", details: {} });
}

export const action = loader;

export default function MissingPage() {
  return null;
}
