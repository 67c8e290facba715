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

/** Whether a value probably has rows and columns, told from what the Variables view shows of it. */
export function isTable({ type, parts }: Variable): boolean {
  return parts !== undefined && tables.test(type);
}
