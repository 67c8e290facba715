import { linesOf } from './linesOf.js';

/** A pod of Kubernetes, and the image of its first container. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly image: string;
}

const MOST = 200;
const COLUMNS = 'NAME:.metadata.name,NAMESPACE:.metadata.namespace,IMAGE:.spec.containers[0].image';

/** The pods that run now in the namespace of kubectl's current context. */
export async function runningPods(): Promise<Pod[]> {
  const running = ['get', 'pods', '--field-selector=status.phase=Running', '--request-timeout=2s', '--no-headers'];
  return podsIn(await linesOf('kubectl', [...running, '-o', `custom-columns=${COLUMNS}`]));
}

export function podsIn(lines: readonly string[]): Pod[] {
  return lines
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([name = '', namespace = '', image = '']) =>
      [name, namespace].every((each) => /^[a-z0-9][a-z0-9.-]*$/.test(each)) ? [{ name, namespace, image }] : [],
    )
    .slice(0, MOST);
}
