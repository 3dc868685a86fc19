// Mercurius and graphql-jit in memory: node completion.mjs SETTINGS, then a line [name, side, seconds] for each turn
import { makeExecutableSchema } from "@graphql-tools/schema";
import assert from "node:assert";
import fastify from "fastify";
import { parse } from "graphql";
import { compileQuery } from "graphql-jit";
import mercurius from "mercurius";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const { schema: file, questions } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const levels = ["PRIMARY", "INTERMEDIATE", "SENIOR", "TECHNICIAN", "SENIOR_TECHNICIAN", "CHIEF_TECHNICIAN"];
const stored = (workers) => ({
  nodes: workers.nodes.map((w) => ({ ...w, skillLevel: levels.indexOf(w.skillLevel) + 1 })),
});
const list = stored(questions.list.answer.workers);
const nestedList = questions.nested_list.answer.workers;
const schema = makeExecutableSchema({
  typeDefs: readFileSync(file, "utf8"),
  resolvers: {
    Query: { list: () => list, nestedList: () => nestedList },
    SkillLevel: Object.fromEntries(levels.map((name, n) => [name, n + 1])),
  },
});
const app = fastify();
app.register(mercurius, { schema, jit: 1 });
await app.ready();

const works = {};
for (const [name, { document, variables, answer }] of Object.entries(questions)) {
  const compiled = compileQuery(schema, parse(document));
  works[name] = {
    mercurius: () => app.graphql(document, null, variables),
    graphql_jit: () => compiled.query({}, {}, variables),
  };
  for (const work of Object.values(works[name])) {
    await work();
    assert.deepEqual(JSON.parse(JSON.stringify((await work()).data)), answer);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, side, seconds] = JSON.parse(line);
  const work = works[name][side];
  const until = performance.now() + 1000 * seconds;
  const started = process.cpuUsage();
  let times = 0;
  while (performance.now() < until) {
    for (let n = 0; n < 50; n++) {
      const result = work();
      if (result instanceof Promise) await result;
    }
    times += 50;
  }
  const { user, system } = process.cpuUsage(started);
  console.log(JSON.stringify({ microseconds: (user + system) / times }));
}
