import { execFile } from 'node:child_process';

export interface Container {
  readonly program: 'docker' | 'podman';
  readonly name: string;
  readonly image: string;
}

const PATIENCE_MS = 3000;
const MOST_BYTES = 1 << 18;
const MOST = 200;

/** The containers that run on this machine now; none if there is no such program, or it does not answer soon. */
export async function runningContainers(
  programs: readonly Container['program'][] = ['docker', 'podman'],
): Promise<Container[]> {
  return (await Promise.all(programs.map(containersOf))).flat();
}

function containersOf(program: Container['program']): Promise<Container[]> {
  const options = { timeout: PATIENCE_MS, maxBuffer: MOST_BYTES };
  return new Promise((resolve) => {
    execFile(program, ['ps', '--format', '{{.Names}}\t{{.Image}}'], options, (error, stdout) => {
      resolve(error ? [] : containersIn(program, stdout));
    });
  });
}

export function containersIn(program: Container['program'], list: string): Container[] {
  return list
    .split('\n')
    .map((line) => line.split('\t'))
    .flatMap(([names = '', image = '']) => {
      const [name = ''] = names.split(',');
      return /^[\w][\w.-]*$/.test(name) ? [{ program, name, image: image.trim() }] : [];
    })
    .slice(0, MOST);
}
