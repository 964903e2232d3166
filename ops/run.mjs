import { become, prepare } from "./bootstrap.mjs";

// `node ops/run.mjs FILE …`: one of our programs under the pinned Node, with what it needs installed.
become(prepare(), process.argv.slice(2));
