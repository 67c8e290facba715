import type { Variable } from '../protocol/output.js';

const names = [
  String.raw`pandas\.(.*\.)?(DataFrame|Series|\w*Index|Categorical|\w+Array)`,
  String.raw`polars\..*\.(DataFrame|Series)`,
  String.raw`pyarrow\.lib\.(Table|RecordBatch|\w*Array)`,
  String.raw`numpy\.(ndarray|matrix|recarray|rec\.recarray|ma\.(core\.)?MaskedArray)`,
  String.raw`xarray\..*(DataArray|Dataset)`,
  String.raw`torch\.(Tensor|nn\.parameter\.Parameter)`,
  String.raw`scipy\.sparse\..*_(matrix|array)`,
  String.raw`collections\.(Counter|OrderedDict|defaultdict|deque)`,
  'array.array|list|tuple|dict|set|frozenset|Array|Table|Map|Set|Object|\\w+Array',
];
const tables = new RegExp(`^(${names.join('|')})$`);
const mappingsAndSets = /^(dict|set|frozenset|Map|Set|Object|collections\..*)$/;
/** One whose first value is a list. */
const columns = /^\{ ?[^:]+: [[(]/;

/** Whether a value probably has rows and columns, told from what the Variables view shows of it. */
export function isTable({ type, parts }: Variable): boolean {
  return parts !== undefined && tables.test(type);
}

/** Whether the editor offers to view it, too: not each mapping, of which code is full. */
export function isTableAtSight(variable: Variable): boolean {
  return isTable(variable) && (!mappingsAndSets.test(variable.type) || columns.test(variable.summary ?? ''));
}
