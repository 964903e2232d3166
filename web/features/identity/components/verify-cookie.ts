const name = "plenary_verify";
const minutes = 30;

/** Whose six digits are waited for, as long as they hold. Kept out of the address, so that Back and reload find the step again. */
export interface Waiting {
  email: string;
  next: string;
  /** Where they come from: whoever signs in has been told more than whoever has just signed up. */
  from: "signUp" | "signIn";
}

export function keepWaiting({ email, next, from }: Waiting): string {
  const value = encodeURIComponent(JSON.stringify([email, next, from]));
  return `${name}=${value}; Path=/; Max-Age=${minutes * 60}; HttpOnly; SameSite=Lax`;
}

export function readWaiting(request: Request): Waiting | null {
  const value = new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  if (!value) return null;
  try {
    const [email, next, from] = JSON.parse(decodeURIComponent(value)) as unknown[];
    if (typeof email !== "string") return null;
    return { email, next: typeof next === "string" ? next : "", from: from === "signIn" ? from : "signUp" };
  } catch {
    // Somebody else's cookie by that name.
    return null;
  }
}
