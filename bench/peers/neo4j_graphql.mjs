// @neo4j/graphql on Apollo Server, as its manual sets it up: node neo4j_graphql.mjs SETTINGS
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";
import { readFileSync } from "node:fs";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const driver = neo4j.driver(settings.uri, neo4j.auth.basic(settings.user, settings.password));
const typeDefs = readFileSync(settings.types, "utf8").replace("FULLTEXT_INDEX", settings.index);
const comparisons = { GTE: true };
const library = new Neo4jGraphQL({
  typeDefs,
  driver,
  features: { filters: { String: comparisons }, excludeDeprecatedFields: true },
});
const server = new ApolloServer({ schema: await library.getSchema() });
await startStandaloneServer(server, {
  context: async () => ({ sessionConfig: { database: "neo4j" } }),
  listen: { host: "127.0.0.1", port: settings.port },
});
