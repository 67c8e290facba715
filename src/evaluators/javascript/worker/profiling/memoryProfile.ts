import { type HeapProfiler, Session } from 'node:inspector';
import { withPlainBuiltins } from '../builtins.js';
import { isHidden } from './hidden.js';
import type { Profiling } from './profiling.js';

const INTERVAL_BYTES = 1 << 14;

/**
 * Runs a command, and keeps which functions have allocated the objects that are held at its end: the text of a
 * `.heapprofile` file. V8 counts neither buffers nor typed arrays.
 */
export async function memoryProfiled<Result>(run: () => Promise<Result>, { keep }: Profiling): Promise<Result> {
  const session = new Session();
  withPlainBuiltins(() => {
    session.connect();
    session.post('HeapProfiler.startSampling', { samplingInterval: INTERVAL_BYTES });
  });
  try {
    return await run();
  } finally {
    withPlainBuiltins(() => {
      session.post('HeapProfiler.collectGarbage');
      session.post('HeapProfiler.stopSampling', (_error, { profile }) => {
        keep(JSON.stringify({ head: withoutOurs(profile.head, false), samples: [] }));
      });
      session.disconnect();
    });
  }
}

/** As in profiles of the time, and without what V8 itself has begun: the user's functions come first. */
function withoutOurs(
  node: HeapProfiler.SamplingHeapProfileNode,
  isUsers: boolean,
): HeapProfiler.SamplingHeapProfileNode {
  const shown = { ...node, children: [] as HeapProfiler.SamplingHeapProfileNode[] };
  for (const child of node.children) {
    const { url } = child.callFrame;
    const isLeftOut = isHidden(url, isUsers) || (url === '' && !isUsers);
    const part = withoutOurs(child, isUsers || !isLeftOut);
    if (!isLeftOut) shown.children.push(part);
    else {
      shown.selfSize += part.selfSize;
      shown.children.push(...part.children);
    }
  }
  return shown;
}
