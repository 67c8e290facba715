import { type Profiler, Session } from 'node:inspector';
import { withPlainBuiltins } from '../builtins.js';
import type { Profiling } from './profiling.js';
import { isHidden } from './hidden.js';

const INTERVAL_US = 1000;
const MOST_SAMPLES = 100_000; // of those of a longer command, each second or third one is left, and so on

/** Runs a command, and keeps where it has spent its time: the text of a `.cpuprofile` file. */
export async function timeProfiled<Result>(run: () => Promise<Result>, { end, keep }: Profiling): Promise<Result> {
  const session = new Session();
  withPlainBuiltins(() => {
    session.connect();
    session.post('Profiler.enable');
    session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
    session.post('Profiler.start');
  });
  try {
    return await run();
  } finally {
    withPlainBuiltins(() => {
      session.post('Profiler.stop', (_error, answer) => {
        keep(JSON.stringify(thinned(withoutStrayLines(withoutOurs(answer.profile), end), MOST_SAMPLES)));
      });
      session.disconnect();
    });
  }
}

/**
 * Without the functions of the worker, and without those of Node.js that the user's code has not called. Their time is
 * that of the caller that is left.
 */
function withoutOurs(profile: Profiler.Profile): Profiler.Profile {
  const known = new Map(profile.nodes.map((node) => [node.id, node]));
  const shown = new Map<number, number>();
  const nodes: Profiler.ProfileNode[] = [];
  const visit = (id: number, caller: Profiler.ProfileNode | undefined, isUsers: boolean): void => {
    const node = known.get(id);
    if (!node) return;
    const { url } = node.callFrame;
    const isLeftOut = isHidden(url, isUsers);
    const own = isLeftOut && caller ? caller : { ...node, children: [] };
    if (own === caller) own.hitCount = (own.hitCount ?? 0) + (node.hitCount ?? 0);
    else {
      nodes.push(own);
      caller?.children?.push(id);
    }
    shown.set(id, own.id);
    for (const child of node.children ?? []) visit(child, own, isUsers || (url !== '' && !isLeftOut));
  };
  const [root] = profile.nodes;
  if (root) visit(root.id, undefined, false);
  return { ...profile, nodes, samples: (profile.samples ?? []).map((id) => shown.get(id) ?? id) };
}

/** V8 gives a function the lines of those that it has made part of it, which may be those of another file. */
export function withoutStrayLines(profile: Profiler.Profile, end: Profiling['end']): Profiler.Profile {
  const nodes = profile.nodes.map((node) => {
    const { url, lineNumber } = node.callFrame;
    const last = url === end.url ? end.line : Infinity;
    const positionTicks = node.positionTicks?.filter(({ line }) => line > lineNumber && line <= last);
    return positionTicks ? { ...node, positionTicks } : node;
  });
  return { ...profile, nodes };
}

/** With so many samples at most, evenly over the time. */
export function thinned(profile: Profiler.Profile, most: number): Profiler.Profile {
  const { samples = [], timeDeltas = [] } = profile;
  const every = Math.ceil(samples.length / most);
  if (every <= 1) return profile;
  const kept = samples.filter((_, at) => at % every === 0);
  const deltas = kept.map(() => 0);
  for (const [at, delta] of timeDeltas.entries()) {
    const next = Math.ceil(at / every);
    if (next < deltas.length) deltas[next] = (deltas[next] ?? 0) + delta;
  }
  return { ...profile, samples: kept, timeDeltas: deltas };
}
