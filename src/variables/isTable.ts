import type { Variable } from '../protocol/output.js';

const tables =
  /^(pandas\..*\.(DataFrame|Series)|pandas\.(DataFrame|Series)|polars\..*\.(DataFrame|Series)|pyarrow\.lib\.(Table|RecordBatch)|numpy\.ndarray|xarray\..*(DataArray|Dataset)|torch\.(Tensor|nn\.parameter\.Parameter)|scipy\.sparse\..*_(matrix|array)|list|tuple|Array|Table|\w+Array)$/;
/** A dict or object whose first value is a list. */
const columns = /^\{ ?[^:]+: [[(]/;

/** Whether a value probably has rows and columns, told from what the Variables view shows of it. */
export function isTable({ type, parts, summary = '' }: Variable): boolean {
  if (parts === undefined) return false;
  return tables.test(type) || (/^(dict|Object)$/.test(type) && columns.test(summary));
}
