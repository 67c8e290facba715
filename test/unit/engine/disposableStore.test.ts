import { describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../src/engine/disposableStore.js';

describe('a store of disposables', () => {
  it('disposes of all in their order, once', () => {
    const disposed: string[] = [];
    const named = (name: string) => ({ name, dispose: () => disposed.push(name) });
    const store = new DisposableStore(named('a'), named('b'));
    expect(store.add(named('c')).name).toBe('c');
    store.dispose();
    store.dispose();
    expect(disposed).toEqual(['a', 'b', 'c']);
    store.add(named('late'));
    expect(disposed).toEqual(['a', 'b', 'c', 'late']);
  });

  it('disposes of the others when some throw, and tells of each error', () => {
    const disposed: string[] = [];
    const failing = (message: string) => ({
      dispose: () => {
        throw new Error(message);
      },
    });
    const store = new DisposableStore(failing('a'), { dispose: () => disposed.push('b') }, failing('c'));
    expect(() => {
      store.dispose();
    }).toThrow(expect.objectContaining({ errors: [new Error('a'), new Error('c')] }));
    expect(disposed).toEqual(['b']);
    store.dispose();
  });
});
