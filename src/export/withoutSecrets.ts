const secretName =
  /TOKEN|SECRET|PASSW|PASSPHRASE|API_?KEY|ACCESS_?KEY|PRIVATE|CREDENTIAL|(?:^|_)(?:AUTH|KEY|PWD|PAT)$/i;
/** A shorter value could be any word. */
const SHORTEST = 6;

/**
 * A text without what tells of its author: the values of environment variables that are named like secrets, user names
 * and passwords in addresses, and the path of the home folder.
 */
export function withoutSecrets(
  text: string,
  { env, home }: { readonly env: Readonly<Record<string, string | undefined>>; readonly home: string },
): string {
  const secrets = Object.entries(env)
    .flatMap(([name, value]) => (value && value.length >= SHORTEST && secretName.test(name) ? [{ name, value }] : []))
    .toSorted((one, other) => other.value.length - one.value.length);
  let shown = text;
  for (const { name, value } of secrets) shown = shown.replaceAll(value, `[${name}]`);
  shown = shown.replaceAll(/\b([a-z][a-z\d+.-]{0,30}:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}@/gi, '$1[...]@');
  if (home.length < 2) return shown;
  return shown.replaceAll(home, '~').replaceAll(home.replaceAll('\\', '\\\\'), '~'); // also as in a string literal
}
