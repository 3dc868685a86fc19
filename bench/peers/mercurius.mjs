// Mercurius with graphql-jit, each root field one hand-written statement: node mercurius.mjs SETTINGS
import { makeExecutableSchema } from "@graphql-tools/schema";
import fastify from "fastify";
import mercurius from "mercurius";
import neo4j from "neo4j-driver";
import { readFileSync } from "node:fs";

const settings = JSON.parse(readFileSync(process.argv[2], "utf8"));
const driver = neo4j.driver(settings.uri, neo4j.auth.basic(settings.user, settings.password), {
  disableLosslessIntegers: true,
  maxConnectionPoolSize: 100,
});

const answers = (statement) => async (_, parameters) => {
  const session = driver.session({ database: "neo4j", defaultAccessMode: neo4j.session.READ });
  try {
    const { records } = await session.run(statement, parameters);
    return records.length ? records[0].get(0) : null;
  } finally {
    await session.close();
  }
};

const levels = ["PRIMARY", "INTERMEDIATE", "SENIOR", "TECHNICIAN", "SENIOR_TECHNICIAN", "CHIEF_TECHNICIAN"];
const schema = makeExecutableSchema({
  typeDefs: readFileSync(settings.schema, "utf8"),
  resolvers: {
    Query: Object.fromEntries(
      Object.entries(settings.statements).map(([name, text]) => [name, answers(text)]),
    ),
    SkillLevel: Object.fromEntries(levels.map((name, n) => [name, n + 1])),
  },
});
const app = fastify();
app.register(mercurius, { schema, jit: 1 });
await app.listen({ host: "127.0.0.1", port: settings.port });
