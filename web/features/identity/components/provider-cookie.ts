const name = "plenary_provider";
const attributes = "Path=/sign-in/with; HttpOnly; SameSite=Lax";

/** Binds a way through a house elsewhere to this browser: nobody can be sent back here on another's way. */
export const keepStep = (step: string): string => `${name}=${step}; Max-Age=900; ${attributes}`;
export const forgetStep = `${name}=; Max-Age=0; ${attributes}`;
export const isStepOf = (request: Request, state: string | null): boolean =>
  Boolean(state) && new RegExp(`(?:^|; )${name}=([^;]+)`).exec(request.headers.get("cookie") ?? "")?.[1] === state;
