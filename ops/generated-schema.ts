import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type pg from "pg";

import { withClient } from "#server/platform/postgres.ts";

const program = join(import.meta.dirname, "../node_modules/kysely-codegen/dist/cli/bin.js");

/** The row types for Kysely. Our numbers of eight bytes stay far below 2^53, so they are read as numbers. */
export async function schemaTypes(url: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plenary-schema-"));
  const file = join(folder, "schema.ts");
  const mapping = JSON.stringify({ int8: "number" });
  const options = ["--dialect", "postgres", "--url", url, "--out-file", file, "--type-mapping", mapping];
  try {
    await promisify(execFile)(process.execPath, [
      program,
      ...options,
      "--exclude-pattern",
      "{graphile_worker.*,migrations}",
    ]);
    return readFileSync(file, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Column {
  table: string;
  name: string;
  type: string;
  nullable: boolean;
  default: string | null;
  about: string | null;
}

interface Rule {
  table: string;
  definition: string;
}

const columnsQuery = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
    not a.attnotnull as nullable, pg_get_expr(d.adbin, d.adrelid) as default,
    col_description(a.attrelid, a.attnum) as about
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped
  order by c.relname, a.attnum`;

const constraintsQuery = `
  select c.relname as table, pg_get_constraintdef(k.oid) as definition
  from pg_constraint k
  join pg_class c on c.oid = k.conrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where k.contype <> 'n'
  order by c.relname, array_position(array['p','u','x','f','c','t']::"char"[], k.contype), k.conname`;

const indexesQuery = `
  select t.relname as table, regexp_replace(pg_get_indexdef(i.indexrelid), ' ON public\\.\\S+ USING ', ' using ') as definition
  from pg_index i
  join pg_class t on t.oid = i.indrelid
  join pg_class x on x.oid = i.indexrelid
  join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
  where not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  order by t.relname, x.relname`;

const triggersQuery = `
  select c.relname as table, regexp_replace(pg_get_triggerdef(g.oid), ' ON public\\.\\S+', '') as definition
  from pg_trigger g
  join pg_class c on c.oid = g.tgrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  where not g.tgisinternal
  order by c.relname, g.tgname`;

/** The whole schema on one page, read from the catalogue and not from the migrations. */
export function schemaPage(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const columns = await rows<Column>(client, columnsQuery);
    const rules = {
      constraints: await rows<Rule>(client, constraintsQuery),
      indexes: await rows<Rule>(client, indexesQuery),
      triggers: await rows<Rule>(client, triggersQuery),
    };
    const tables = [...new Set(columns.map(({ table }) => table))].filter((table) => table !== "migrations");
    const chapters = tables.map((table) => chapter(table, columns, Object.values(rules)));
    return ["# The schema", "", "Printed from the catalogue by `npm run generate`.", "", ...chapters].join("\n");
  });
}

async function rows<T extends pg.QueryResultRow>(client: pg.Client, query: string): Promise<T[]> {
  return (await client.query<T>(query)).rows;
}

function chapter(table: string, columns: readonly Column[], rules: readonly (readonly Rule[])[]): string {
  const own = columns.filter((column) => column.table === table);
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const lines = own.map(
    ({ name, type, nullable, default: value, about }) =>
      `| ${name} | ${type} | ${[nullable ? "may be null" : "", cell(about ?? "")].filter(Boolean).join("; ")} | ${value === null ? "" : `\`${cell(value)}\``} |`,
  );
  const sayings = rules.flatMap((kind) =>
    kind.filter((rule) => rule.table === table).map(({ definition }) => `- \`${definition}\``),
  );
  return [
    `## ${table}`,
    "",
    "| Column | Type | | Default |",
    "| --- | --- | --- | --- |",
    ...lines,
    "",
    ...sayings,
    "",
  ].join("\n");
}
