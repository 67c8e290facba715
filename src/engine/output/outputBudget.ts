import { SlabMemory, slabSize } from './slabMemory.js';
import { SpoolFile } from './spoolFile.js';
import type { StoredFile } from './storedBytes.js';

/** Output in memory that can be moved to disk. */
export interface Spillable {
  /**
   * Frees at least `bytes` of memory, or everything, the oldest first.
   * @throws the error of the operating system if it cannot be written to disk; what is not on disk stays in memory.
   */
  spill(bytes: number): void;
}

const USUAL_BYTES = 256 << 20;
/** How long nothing is written after the disk has refused to take more. */
const RETRY_MS = 1000;

/**
 * The memory that the output of commands may take, shared by any number of sessions. Beyond that, the oldest output
 * moves to temporary files, which have no names and disappear with this process.
 */
export class OutputBudget {
  /** The budget of all sessions in this process that are not given another. */
  static readonly shared = new OutputBudget();

  readonly #ledger: Ledger = {
    accounts: new Set(),
    memory: new SlabMemory(),
    makeRoom: (bytes) => this.#makeRoom(bytes),
    free: () => this.bytes - this.#held,
    count: (held, spilled) => {
      this.#held += held;
      this.#spilled += spilled;
      if (spilled < 0) this.#refusal = undefined; // there might be room again
    },
    write: (bytes) => this.#write(bytes),
  };
  #held = 0;
  #spilled = 0;
  #file: SpoolFile | undefined;
  #refusal: { readonly error: Error; readonly at: number } | undefined;
  /** The maximum in memory, in bytes. */
  readonly bytes: number;

  /**
   * `bytes` is the maximum in memory, 256 MiB by default.
   * @throws RangeError if it is not a positive number.
   */
  constructor(bytes = USUAL_BYTES) {
    if (!(bytes > 0)) throw new RangeError('The budget must be a positive number of bytes.');
    this.bytes = bytes;
  }

  /** The number of bytes in memory. */
  get held(): number {
    return this.#held;
  }

  /** The number of bytes in temporary files. */
  get spilled(): number {
    return this.#spilled;
  }

  /** @internal Why the disk does not take more; undefined as long as it does. */
  get refusal(): Error | undefined {
    return this.#refusal?.error;
  }

  /** @internal An account of what `owner` holds. The budget does not keep its owner alive. */
  open(owner: Spillable): OutputAccount {
    return new OutputAccount(owner, this.#ledger);
  }

  /** False if there is no room in memory for so many bytes, and none on disk for what is in memory. */
  #makeRoom(bytes: number): boolean {
    try {
      for (const account of this.#ledger.accounts) {
        const excess = this.#held + bytes - this.bytes;
        if (excess <= 0) break;
        account.spill(excess);
      }
      return true; // if there is still too much, it is what cannot be moved
    } catch {
      return false;
    }
  }

  #write(bytes: Uint8Array): { file: SpoolFile; offset: number } {
    const now = performance.now();
    if (this.#refusal && now - this.#refusal.at < RETRY_MS) throw this.#refusal.error;
    try {
      const file = this.#openFile();
      const offset = file.append(bytes);
      this.#refusal = undefined;
      return { file, offset };
    } catch (error) {
      this.#refusal = { error: error as Error, at: now };
      throw error;
    }
  }

  /** The file to append to. It grows beyond its size if no other can be opened. */
  #openFile(): SpoolFile {
    const current = this.#file?.isOpen ? this.#file : undefined;
    if (current && !current.isFull) return current;
    try {
      return (this.#file = new SpoolFile());
    } catch (error) {
      if (current) return current;
      throw error;
    }
  }
}

/** What an account uses of its budget. */
interface Ledger {
  /** The accounts with something in memory, the oldest first. */
  readonly accounts: Set<OutputAccount>;
  readonly memory: SlabMemory;
  readonly free: () => number;
  readonly makeRoom: (bytes: number) => boolean;
  readonly count: (held: number, spilled: number) => void;
  readonly write: (bytes: Uint8Array) => { file: SpoolFile; offset: number };
}

/** Closes the accounts of owners that nobody can reach any more and nobody has disposed of. */
const abandoned = new FinalizationRegistry<OutputAccount>((account) => {
  account.close();
});

/** What one owner holds of a budget, in memory and on disk. */
export class OutputAccount {
  readonly #owner: WeakRef<Spillable>;
  readonly #ledger: Ledger;
  #held = 0;
  /** The number of bytes in each file. */
  readonly #files = new Map<StoredFile, number>();

  constructor(owner: Spillable, ledger: Ledger) {
    this.#owner = new WeakRef(owner);
    this.#ledger = ledger;
    abandoned.register(owner, this, this);
  }

  /** What its owner holds in memory, in bytes. */
  get held(): number {
    return this.#held;
  }

  /** Whether more is held in memory than the budget allows. */
  get isOverdrawn(): boolean {
    return this.#ledger.free() < 0;
  }

  /** Memory for at least `least` bytes that follow the slab `last`; undefined if there is no room, also not on disk. */
  take(last: Buffer | undefined, least: number): Buffer | undefined {
    const size = [slabSize(last, least), slabSize(undefined, least)].find((bytes) => this.makeRoom(bytes));
    if (size === undefined) return undefined;
    this.hold(size);
    return this.#ledger.memory.take(size);
  }

  /** Moves output to disk until so many bytes fit. False if there is no room, also not on disk. */
  makeRoom(bytes: number): boolean {
    return this.#ledger.makeRoom(bytes);
  }

  /** Nobody has a view of the slab any more. */
  giveBack(slab: Buffer): void {
    this.#ledger.memory.giveBack(slab);
    this.hold(-slab.length);
  }

  /** Counts so many more bytes in memory, or fewer. */
  hold(bytes: number): void {
    const { accounts, count } = this.#ledger;
    this.#held += bytes;
    count(bytes, 0);
    if (this.#held > 0) accounts.add(this);
    else accounts.delete(this);
  }

  /** @throws the error of the operating system, such as ENOSPC. */
  write(bytes: Uint8Array): { file: SpoolFile; offset: number } {
    const piece = this.#ledger.write(bytes);
    this.keep(piece.file, bytes.length);
    return piece;
  }

  /** So many bytes of the file are needed until `close`. */
  keep(file: StoredFile, bytes: number): void {
    file.keep(bytes);
    this.#files.set(file, (this.#files.get(file) ?? 0) + bytes);
    this.#ledger.count(0, bytes);
  }

  /** @throws the errors of `Spillable.spill`. */
  spill(bytes: number): void {
    const owner = this.#owner.deref();
    if (owner) owner.spill(bytes);
    else this.close();
  }

  /** Gives everything back; what was written is gone. Idempotent. */
  close(): void {
    abandoned.unregister(this);
    this.hold(-this.#held);
    for (const [file, bytes] of this.#files) {
      this.#ledger.count(0, -bytes);
      file.release(bytes);
    }
    this.#files.clear();
  }
}
