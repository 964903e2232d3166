import { become, prepare } from "./bootstrap.mjs";

const args = process.argv.slice(2);
const program = args.includes("--dev") ? "ops/dev.ts" : "server/main.ts";
become(prepare(), [program, ...args]);
