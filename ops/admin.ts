import { withHouse } from "#ops/with-house.ts";
import { makeAdmin } from "#server/modules/identity/service/profile.ts";
import { inASentence } from "#server/platform/startup.ts";
import { Unstartable } from "#server/platform/unstartable.ts";

const email = process.argv[2];

try {
  if (!email?.includes("@")) throw new Unstartable("Say whose account it is: npm run admin -- somebody@example.org");
  const outcome = await withHouse((ctx) => makeAdmin(ctx, email));
  if (outcome === "unknown") {
    throw new Unstartable(`There is no account with the address ${email}: sign up with it first, then try again.`);
  }
  console.log(outcome === "made" ? `${email} is an admin now.` : `${email} is an admin already.`);
} catch (error) {
  console.error(inASentence(error) ?? error);
  process.exitCode = 1;
}
