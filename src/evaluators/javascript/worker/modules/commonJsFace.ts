const assigned = /(?<![\w$.])(?:module\.)?exports\.([A-Za-z_$][\w$]*)\s*=(?!=)/g;
const defined =
  /\bObject\.defineProperty\(exports, ["']([A-Za-z_$][\w$]*)["']|\b_createNamedExportFrom\(\w+, '([\w$]+)'/g;
const whole = /(?<![\w$.])module\.exports\s*=\s*\{([^{}]*)/g;
const key = /(?:^|,)\s*(?:\/\/.*\s*)*["']?([A-Za-z_$][\w$]*)["']?\s*(?=[,:(]|$)/gm;
const star = /\b(?:__exportStar\(require\((["'].*?["'])\)|_createStarExport\((\w+)\))/g;
const reserved = new Set(['default', '__esModule']);

/**
 * The ES module as which a file of CommonJS is imported: it requires the file, whose own modules are then required,
 * too. Which names it exports is read from its code, as Node.js does it for JavaScript.
 */
export function commonJsFace(file: string, code: string): string {
  const path = JSON.stringify(file);
  const names = [...new Set(namesIn(code))].filter((name) => !reserved.has(name));
  const locals = names.map((name, index) => `${JSON.stringify(name)}: name${String(index)}`);
  const exported = names.map((name, index) => `name${String(index)} as ${JSON.stringify(name)}`);
  return [
    'import { createRequire } from "node:module";',
    `const all = createRequire(${path})(${path});`,
    'export default all;',
    `const { ${locals.join(', ')} } = Object(all);`,
    `export { ${exported.join(', ')} };`,
    ...starred(code).map((from) => `export * from ${from};`),
  ].join('\n');
}

function namesIn(code: string): string[] {
  return [
    ...[...code.matchAll(assigned)].map(([, name = '']) => name),
    ...[...code.matchAll(defined)].map(([, name, other]) => name ?? other ?? ''),
    ...[...code.matchAll(whole)].flatMap(([, keys = '']) => [...keys.matchAll(key)].map(([, name = '']) => name)),
  ];
}

/** What `export * from` names, in quotes. */
function starred(code: string): string[] {
  return [...code.matchAll(star)].flatMap(([, from, variable = '']) => {
    const named = from ?? new RegExp(`\\bvar ${variable} = require\\((["'].*?["'])\\)`).exec(code)?.[1];
    return named ?? [];
  });
}
