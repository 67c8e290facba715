import { linesOf } from './linesOf.js';

export interface Container {
  readonly program: 'docker' | 'podman';
  readonly name: string;
  readonly image: string;
}

const MOST = 200;

/** The containers that run on this machine now. */
export async function runningContainers(
  programs: readonly Container['program'][] = ['docker', 'podman'],
): Promise<Container[]> {
  return (await Promise.all(programs.map(containersOf))).flat();
}

async function containersOf(program: Container['program']): Promise<Container[]> {
  return containersIn(program, await linesOf(program, ['ps', '--format', '{{.Names}}\t{{.Image}}']));
}

export function containersIn(program: Container['program'], lines: readonly string[]): Container[] {
  return lines
    .map((line) => line.split('\t'))
    .flatMap(([names = '', image = '']) => {
      const [name = ''] = names.split(',');
      return /^[\w][\w.-]*$/.test(name) ? [{ program, name, image: image.trim() }] : [];
    })
    .slice(0, MOST);
}
