import * as vscode from 'vscode';
import { memoryText } from '../host/amounts.js';
import type { Variable } from '../protocol/output.js';
import { isTable } from './isTable.js';
import { isPlottable, isSettable } from './variableKinds.js';
import type { RangeNode, ValueNode, VariableNode } from './variableNode.js';
import { withoutType } from './withoutType.js';

/** How a line of the tree looks. */
export function variableTreeItem(node: VariableNode): vscode.TreeItem {
  return node.type === 'range' ? rangeItem(node) : valueItem(node);
}

function rangeItem({ whole, start, count }: RangeNode): vscode.TreeItem {
  const label = `[${String(start)} … ${String(start + count - 1)}]`;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${whole.path.join('/')}/${String(start)}+${String(count)}`;
  item.contextValue = 'range';
  return item;
}

function valueItem(node: ValueNode): vscode.TreeItem {
  const { path, variable, code, isChanged, before, isPinned = false } = node;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(variable.name, variable.parts === undefined ? None : Collapsed);
  item.id = path.join('/');
  item.description = descriptionOf(variable);
  item.tooltip = tooltipOf(variable, code, before);
  const color = isChanged ? new vscode.ThemeColor('gitDecoration.modifiedResourceForeground') : undefined;
  item.iconPath = new vscode.ThemeIcon(isPinned ? 'pinned' : iconOf(variable), color);
  item.contextValue = flagsOf(node).join(' ');
  const spoken = `${variable.name}: ${item.description}`;
  item.accessibilityInformation = { label: isChanged ? vscode.l10n.t('{0}, changed', spoken) : spoken };
  return item;
}

/** What menus know of a line. */
function flagsOf({ path, variable, code, isPinned = false }: ValueNode): string[] {
  const flags = {
    variable: path.length === 1,
    code: code !== undefined,
    settable: code !== undefined && isSettable(variable, code),
    table: isTable(variable),
    plottable: code !== undefined && isPlottable(variable),
    pinned: isPinned,
  };
  return ['value', ...Object.entries(flags).flatMap(([name, holds]) => (holds ? [name] : []))];
}

/** Its type without the module, its size, its value. */
function descriptionOf({ type, size, summary }: Variable): string {
  const shortType = type.slice(type.lastIndexOf('.') + 1);
  const text = summary === undefined ? undefined : withoutType(summary, shortType);
  return [size === undefined ? shortType : `${shortType} (${size})`, text].filter(Boolean).join('  ');
}

function tooltipOf({ type, size, bytes, summary }: Variable, code?: string, before?: string): string {
  const lines = [
    code,
    vscode.l10n.t('Type: {0}', type),
    size === undefined ? undefined : vscode.l10n.t('Size: {0}', size),
    bytes === undefined ? undefined : vscode.l10n.t('Memory: {0}', memoryText(bytes)),
    summary,
    before === undefined ? undefined : vscode.l10n.t('Before: {0}', before),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

const icons: readonly (readonly [types: RegExp, icon: string])[] = [
  [/DataFrame$|^pyarrow.*Table$/, 'table'],
  [/ndarray$|Tensor$|Series$|^(list|tuple|set|frozenset|Array|Set)$|deque$|\wArray$/, 'symbol-array'],
  [/^(str|string|String|bytes|bytearray)$/, 'symbol-string'],
  [/^(int|float|complex|number|bigint)$|^numpy\.(u?int|float|complex)/, 'symbol-numeric'],
  [/^(bool|boolean)$/, 'symbol-boolean'],
];

function iconOf({ type, kind }: Variable): string {
  if (kind === 'module') return 'symbol-namespace';
  if (kind !== undefined) return kind === 'class' ? 'symbol-class' : 'symbol-method';
  return icons.find(([types]) => types.test(type))?.[1] ?? 'symbol-object';
}
