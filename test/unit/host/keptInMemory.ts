import type { KeptSession } from '../../../src/host/sessions/kept/keptSessions.js';

/** What the window keeps of its sessions, in memory. */
export class Kept {
  readonly isPossible = true;
  readonly known = new Map<string, KeptSession>();
  readonly released: string[] = [];
  readonly toBeStopped: string[] = [];

  read(id: string): KeptSession | undefined {
    return this.known.get(id);
  }

  write(id: string, session: KeptSession): void {
    this.known.set(id, session);
  }

  remove(id: string): void {
    this.known.delete(id);
  }

  release(id: string): void {
    this.released.push(id);
  }

  stopLater({ title }: KeptSession): void {
    this.toBeStopped.push(title);
  }
}
