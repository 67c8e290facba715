const endings = { python: /\.py$/, javascript: /\.([cm]?[jt]s|[jt]sx)$/ };

/**
 * Whether startup commands are the path of a file. A path may have spaces, but `%run setup.py`, `!python setup.py` and
 * `# see setup.py` are code.
 */
export function namesFile([line = '', ...others]: readonly string[], language: 'python' | 'javascript'): boolean {
  const isCode = /^\s*([%!#]|\/\/)|["'()=;\n]/.test(line);
  return others.length === 0 && !isCode && endings[language].test(line.trim());
}
