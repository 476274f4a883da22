// Scores a JSON Lines inventory in DuckDB: node duckdb_score.mjs FILE THREADS
// Prints the ten highest scores and the number of services in each tier as one JSON object.

import { DuckDBInstance } from '@duckdb/node-api';

const [file, threads] = process.argv.slice(2);
if (!file || !/^[1-9]\d*$/.test(threads ?? '')) {
  console.error('usage: node duckdb_score.mjs FILE THREADS');
  process.exit(2);
}

// Only the columns that the score needs are named, so DuckDB skips the others and infers nothing. Its settings are its
// defaults: like migplan it keeps the services in the order of the file.
const scored = `
  CREATE TEMP TABLE scored AS
  WITH facts AS (
    SELECT
      name,
      impact.peak_orders_per_second * greatest(0, coalesce(impact.sla_target, 99.95) - impact.sla_30d) AS impact,
      debt.sonar_debt_days + debt.high_risk_vulnerabilities AS debt,
      topology.upstream_chain_length + topology.downstream_strong_dependencies AS topology
    FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = {
      name: 'VARCHAR',
      impact: 'STRUCT(peak_orders_per_second DOUBLE, sla_30d DOUBLE, sla_target DOUBLE)',
      debt: 'STRUCT(sonar_debt_days DOUBLE, high_risk_vulnerabilities DOUBLE)',
      topology: 'STRUCT(upstream_chain_length DOUBLE, downstream_strong_dependencies DOUBLE)'
    })
  ), points AS (
    SELECT
      name,
      (4 * 100 * least(1, ln(1 + impact) / ln(1 + 2000))
        + 3 * 100 * least(1, debt / 200)
        + 3 * 100 * least(1, topology / 16)) / 10 AS points
    FROM facts
  ), rounded AS (
    -- Half up; the small term lifts the halves that binary fractions put just below themselves.
    SELECT name, floor(points * 100 + 0.5 + 1e-6) / 100 AS score FROM points
  )
  SELECT name, CASE WHEN score >= 85 THEN 'S' WHEN score >= 65 THEN 'A' ELSE 'B' END AS tier, score
  FROM rounded`;

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
await connection.run(scored);
const top = await connection.runAndReadAll(
  'SELECT name, tier, score FROM scored ORDER BY score DESC, name LIMIT 10',
);
const counts = await connection.runAndReadAll('SELECT tier, count(*)::INTEGER FROM scored GROUP BY tier');
const tiers = { S: 0, A: 0, B: 0, ...Object.fromEntries(counts.getRows()) };
console.log(JSON.stringify({ services: top.getRowObjectsJson(), tiers }));
connection.closeSync();
instance.closeSync();
