import { become, prepare } from "./bootstrap.mjs";

become(prepare(), ["ops/oracle.ts", ...process.argv.slice(2)]);
