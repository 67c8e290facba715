import { withPlainBuiltins } from '../builtins.js';

/** Something that keeps a process alive, and can be asked whether it still does: a timer, socket, child or port. */
interface Handle {
  hasRef(): boolean;
  /** Only timers have it. */
  readonly _destroyed?: boolean;
}

const PRUNE_AT = 64;

/** The pending file and network requests of Node.js; not documented, and not guaranteed. */
const { _getActiveRequests: activeRequests = () => [] } = process as { _getActiveRequests?: () => object[] };

const owners = new WeakMap<object, Work>();
const setOwner = owners.set.bind(owners);

/** What a command has started, and whether any of it keeps the process alive. */
export class Work {
  #handles: Handle[] = [];
  #pruneAt = PRUNE_AT;
  #held = 0;

  /** Registers a resource that Node.js has just created for the command. */
  add(resource: object): void {
    if (typeof (resource as Partial<Handle>).hasRef !== 'function') {
      setOwner(resource, this);
      return;
    }
    this.#handles[this.#handles.length] = resource as Handle; // among the user's builtins
    if (this.#handles.length >= this.#pruneAt) this.#prune();
  }

  /** The descriptors of the command are in use by number until the returned function is called. */
  hold(): () => void {
    this.#held++;
    return () => {
      this.#held--;
    };
  }

  get isHeld(): boolean {
    return this.#held > 0;
  }

  goesOn(): boolean {
    this.#prune();
    return this.isHeld || this.#handles.length > 0 || activeRequests().some((request) => owners.get(request) === this);
  }

  #prune(): void {
    this.#handles = withPlainBuiltins(() =>
      this.#handles.filter((handle) => handle._destroyed !== true && handle.hasRef()),
    );
    this.#pruneAt = Math.max(PRUNE_AT, 2 * this.#handles.length);
  }
}
