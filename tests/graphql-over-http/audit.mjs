// Prints one JSON line per audit of the GraphQL server at the address given.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [address, packages] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${packages}/`));
const { serverAudits } = require("graphql-http");

for (const audit of serverAudits({ url: address, fetchFn: fetch })) {
  const { id, name, status, reason } = await audit.fn();
  console.log(JSON.stringify({ id, name, status, reason }));
}
