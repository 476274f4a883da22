// Reconciles two dumps of outcomes in DuckDB: node duckdb_reconcile.mjs OLD NEW THREADS
// Prints the counts of pairs, missing and differing fields and both 99th percentiles as one JSON object.

import { DuckDBInstance } from '@duckdb/node-api';

const [oldFile, newFile, threads] = process.argv.slice(2);
if (!newFile || !/^[1-9]\d*$/.test(threads ?? '')) {
  console.error('usage: node duckdb_reconcile.mjs OLD NEW THREADS');
  process.exit(2);
}

// The columns are named, so that DuckDB infers nothing.
const dump = (file) => `read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {
  trace_id: 'VARCHAR', ts: 'BIGINT', latency_ms: 'DOUBLE', order_id: 'VARCHAR', order_status: 'VARCHAR',
  amount: 'VARCHAR', stock_version: 'BIGINT'})`;
const fields = ['amount', 'order_id', 'order_status', 'stock_version'];
const isPair = 'o.trace_id IS NOT NULL AND n.trace_id IS NOT NULL';

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const result = await connection.runAndReadAll(`
  SELECT
    count(*) FILTER (${isPair}) AS pairs,
    count(*) FILTER (o.trace_id IS NULL) AS missing_old,
    count(*) FILTER (n.trace_id IS NULL) AS missing_new,
    ${fields.map((f) => `count(*) FILTER (${isPair} AND o.${f} IS DISTINCT FROM n.${f}) AS ${f}`).join(',\n    ')},
    quantile_disc(o.latency_ms, 0.99) AS p99_old_ms,
    quantile_disc(n.latency_ms, 0.99) AS p99_new_ms
  FROM ${dump(oldFile)} o FULL OUTER JOIN ${dump(newFile)} n ON o.trace_id = n.trace_id`);
const row = result.getRowObjectsJson()[0];
const answer = { fields: [] };
for (const [key, value] of Object.entries(row)) {
  if (fields.includes(key)) answer.fields.push({ field: key, different: Number(value) });
  else answer[key] = Number(value);
}
console.log(JSON.stringify(answer));
