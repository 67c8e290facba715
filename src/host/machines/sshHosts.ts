import SSHConfig from 'ssh-config';

/** More than that is generated, and no list to choose from. */
const MOST = 500;
/** Of a file that somebody could have written by a program. */
const LONGEST = 1 << 20;
/** A name that stands for itself; an option would be one that begins with a dash. */
const plain = /^[\w][\w.@:%+-]*$/;

/** The hosts that a configuration of ssh names, without patterns. */
export function sshHosts(configuration: string): string[] {
  if (configuration.length > LONGEST) return [];
  const names: string[] = [];
  for (const line of SSHConfig.parse(configuration)) {
    if (!('param' in line) || line.param.toLowerCase() !== 'host') continue;
    const { value } = line;
    names.push(...(typeof value === 'string' ? value.split(/\s+/) : value.map(({ val }) => val)));
  }
  return [...new Set(names.filter((name) => plain.test(name)))].slice(0, MOST);
}
