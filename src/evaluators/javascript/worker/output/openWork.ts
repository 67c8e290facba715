/** Of the things that keep a process alive, those that can be asked whether they still do: timers, sockets, children, ports. */
interface Handle {
  hasRef(): boolean;
  /** Of timers alone. */
  readonly _destroyed?: boolean;
}

const PRUNE_AT = 64;

/** Node's file and network requests that are under way; not documented, and not promised for ever. */
const { _getActiveRequests: activeRequests = () => [] } = process as { _getActiveRequests?: () => object[] };

const owners = new WeakMap<object, Work>();

/** What a command has started, and whether any of it keeps the process alive. */
export class Work {
  #handles: Handle[] = [];
  #pruneAt = PRUNE_AT;
  #held = 0;

  /** Takes note of a resource that Node has just made for the command. */
  add(resource: object): void {
    if (typeof (resource as Partial<Handle>).hasRef !== 'function') {
      owners.set(resource, this);
      return;
    }
    this.#handles.push(resource as Handle);
    if (this.#handles.length >= this.#pruneAt) this.#prune();
  }

  /** Somebody uses the command's descriptors by number until the returned function is called. */
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
    this.#handles = this.#handles.filter((handle) => handle._destroyed !== true && handle.hasRef());
    this.#pruneAt = Math.max(PRUNE_AT, 2 * this.#handles.length);
  }
}
