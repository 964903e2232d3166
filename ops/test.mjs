import { become, prepare } from "./bootstrap.mjs";

become(prepare(), ["ops/test.ts", ...process.argv.slice(2)]);
