import { redirect } from "react-router";

/** The token of a letter's link. Whoever comes without one is led elsewhere. */
export function tokenIn({ url }: Request, elsewhere: string): string {
  const token = new URL(url).searchParams.get("token");
  if (!token) throw redirect(elsewhere);
  return token;
}
