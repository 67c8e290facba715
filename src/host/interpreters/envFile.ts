/**
 * Reads a `.env` file as the Python extension does: assignments are evaluated in order, `${NAME}` refers to an earlier
 * one or to one in `env`, quotes around a value are removed, and there are no comments after values.
 */
export function parseEnvFile(text: string, env: Variables): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)) {
    const [start = '', name] = /^\s*(_*[a-zA-Z]\w*)\s*=/.exec(line) ?? [];
    if (name === undefined) continue;
    const value = line.slice(start.length).trim();
    variables[name] = substitute(unquote(value), { ...env, ...variables });
  }
  return variables;
}

/** The effect of a file's variables on an environment: search paths are prepended, everything else is replaced. */
export function mergeEnvFile(variables: Readonly<Record<string, string>>, env: Variables, delimiter: string) {
  const merged = { ...variables };
  for (const name of ['PATH', 'Path', 'PYTHONPATH']) {
    const [own, inherited] = [variables[name], env[name]];
    if (own && inherited) merged[name] = own + delimiter + inherited;
  }
  return merged;
}

type Variables = Readonly<Record<string, string | undefined>>;

function unquote(value: string): string {
  const quoted = /^(?:'(.*)'|"(.*)")$/.exec(value);
  return quoted ? (quoted[1] ?? quoted[2] ?? '').replaceAll('\\n', '\n') : value;
}

/** A value with anything else between the braces is not changed; `\$` is a dollar sign. */
function substitute(value: string, variables: Variables): string {
  const references = Array.from(value.matchAll(/(?<!\\)\$\{([^}]*)\}/g), ([, name = '']) => name);
  const isValid = references.every((name) => /^[a-zA-Z]\w*$/.test(name));
  const substituted = isValid
    ? value.replace(/(?<!\\)\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? '')
    : value;
  return substituted.replaceAll('\\$', '$');
}
