// Runs Neo4j's own parser and semantic analysis on .cypher files, offline: node lint.mjs FILE...
// Prints `file:line:column error|warning: message`; exits 1 if there is an error, 2 if the linter is broken.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// By require: the package's CommonJS build is one file, and runs on a Node older than the package asks for.
const require = createRequire(import.meta.url);
const { allCypherVersions, lintCypherQuery, testData } = require("@neo4j-cypher/language-support");

const ERROR = 1; // DiagnosticSeverity of the language server protocol

// The built-in functions, so that a misspelt one is an error, as on a server. Labels are the ontology's.
const functions = {};
for (const version of allCypherVersions) {
  const known = Object.entries(testData.mockSchema.functions[version]);
  functions[version] = Object.fromEntries(known.filter(([, one]) => one.isBuiltIn));
}

// Every parameter counts as given: whoever holds the front matter knows which there are.
const parameters = new Proxy({}, { get: () => "" });

/** Blanks the YAML between a first line `---` and the next such line; what follows keeps its line numbers. */
function withoutFrontMatter(text) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (lines[0] !== "---") return lines.join("\n");
  const end = lines.indexOf("---", 1); // if there is none, the parser complains of the first line
  return lines.fill("", 0, end + 1).join("\n");
}

function diagnose(query, version) {
  const schema = { defaultLanguage: version, functions, parameters };
  return lintCypherQuery(query, schema, { consoleCommandsEnabled: false }).diagnostics;
}

/** What each version of Cypher has against the query; what two say of one place is told once. */
function lint(query) {
  const place = ({ severity, range }) => `${severity}:${range.start.line}:${range.start.character}`;
  const found = [];
  for (const version of allCypherVersions) {
    const told = new Set(found.map(place));
    const fresh = diagnose(query, version).filter((one) => !told.has(place(one)));
    found.push(...fresh.map((one) => ({ ...one, version })));
  }
  const order = ({ line, character }, other) => line - other.line || character - other.character;
  return found.sort((one, other) => order(one.range.start, other.range.start));
}

// The package swallows a crash of its semantic analysis: without this, every query would then look right.
for (const version of allCypherVersions) {
  if (diagnose("MATCH (n) RETURN undeclared", version).length !== 1) {
    console.error(`the linter's semantic analysis does not work (${version}, Node ${process.version})`);
    process.exit(2);
  }
}

let errors = 0;
for (const file of process.argv.slice(2)) {
  const query = withoutFrontMatter(readFileSync(file, "utf8"));
  // Of a lone comment the package says that there is no query; of an empty text, nothing.
  for (const { message, range, severity, version } of lint(query.trim() ? query : "//")) {
    const kind = severity === ERROR ? "error" : "warning";
    const { line, character } = range.start;
    console.log(`${file}:${line + 1}:${character + 1} ${kind}: ${message.replace(/\s+/g, " ")} [${version}]`);
    if (severity === ERROR) errors += 1;
  }
}
process.exitCode = errors ? 1 : 0;
