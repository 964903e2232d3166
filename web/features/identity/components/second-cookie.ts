const name = "plenary_second";
const minutes = 10;
const attributes = "Path=/; HttpOnly; SameSite=Lax";

/** The first half of signing in is shown: what stands for it, and where the person was going. */
export interface Halfway {
  step: string;
  next: string;
}

export const keepHalfway = ({ step, next }: Halfway): string =>
  `${name}=${encodeURIComponent(JSON.stringify([step, next]))}; Max-Age=${minutes * 60}; ${attributes}`;

export const forgetHalfway = `${name}=; Max-Age=0; ${attributes}`;

export function readHalfway(request: Request): Halfway | null {
  const value = new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1];
  if (!value) return null;
  try {
    const [step, next] = JSON.parse(decodeURIComponent(value)) as unknown[];
    return typeof step === "string" ? { step, next: typeof next === "string" ? next : "" } : null;
  } catch {
    // Somebody else's cookie by that name.
    return null;
  }
}
