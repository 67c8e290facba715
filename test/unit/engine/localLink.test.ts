import { expect, test, vi } from 'vitest';
import { LocalLink, type LocalLinkParts } from '../../../src/engine/link/localLink.js';

/** A link whose worker has closed its channel and goes on. */
function openLink(): { readonly link: LocalLink; readonly killed: () => number; readonly errors: () => number } {
  const signalGroup = vi.fn();
  const error = vi.fn();
  const channel = { listen: () => undefined, closed: Promise.resolve(), send: () => undefined };
  const parts = {
    child: { exited: new Promise(() => undefined), signalGroup, endGroup: () => undefined },
    server: { dispose: () => undefined },
    channels: { pid: 1, main: channel, side: channel },
    place: { dispose: () => undefined },
    log: { error },
  };
  const link = new LocalLink(parts as unknown as LocalLinkParts);
  link.open({} as Parameters<LocalLink['open']>[0]);
  return { link, killed: () => signalGroup.mock.calls.length, errors: () => error.mock.calls.length };
}

async function withoutWaiting(run: () => Promise<void>): Promise<void> {
  vi.useFakeTimers();
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}

test('a worker that goes on without its channel is ended, which is an error', () =>
  withoutWaiting(async () => {
    const { killed, errors } = openLink();
    await vi.runAllTimersAsync();
    expect([killed(), errors()]).toEqual([1, 1]);
  }));

test('a process that takes long to end after its link is no error', () =>
  withoutWaiting(async () => {
    const { link, killed, errors } = openLink();
    link.dispose();
    await vi.runAllTimersAsync();
    expect([killed(), errors()]).toEqual([0, 0]);
  }));
