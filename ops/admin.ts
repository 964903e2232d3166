import { withHouse } from "#ops/with-house.ts";
import { record } from "#server/modules/audit/service.ts";
import { type Ctx, inTx } from "#server/platform/ctx.ts";
import { inASentence } from "#server/platform/startup.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

/** Makes an account an admin of this installation; the first one cannot come from another admin. */
export function makeAdmin(ctx: Ctx, email: string): Promise<string> {
  return inTx(ctx, async (tctx) => {
    const user = await tctx.db
      .selectFrom("users")
      .select(["id", "role"])
      .where("email", "=", email.trim().toLowerCase())
      .executeTakeFirst();
    if (!user)
      throw new Unstartable(`There is no account with the address ${email}: sign up with it first, then try again.`);
    if (user.role === "admin") return `${email} is an admin already.`;
    await tctx.db
      .updateTable("users")
      .set({ role: "admin", updated_at: tctx.now() })
      .where("id", "=", user.id)
      .execute();
    await record(
      tctx,
      "user.admin",
      { kind: "user", id: user.id },
      { old: { role: user.role }, new: { role: "admin" } },
    );
    return `${email} is an admin now.`;
  });
}

if (import.meta.main) {
  const email = process.argv[2];
  try {
    if (!email?.includes("@")) throw new Unstartable("Say whose account it is: npm run admin -- somebody@example.org");
    console.log(await withHouse((ctx) => makeAdmin(ctx, email)));
  } catch (error) {
    console.error(inASentence(error) ?? error);
    process.exitCode = 1;
  }
}
