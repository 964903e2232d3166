import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (wanted.length === 0 || unknown.length > 0) {
  console.error(`npm run bench -- NAME …, where NAME is one of: ${names.join(", ")}`);
  process.exit(2);
}
for (const name of wanted) {
  const { run } = (await import(join(folder, `${name}.bench.ts`))) as { run: () => Promise<void> };
  await run();
}
process.exit(0);
