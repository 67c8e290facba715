import type * as vscode from 'vscode';
import { usuallyHidden, variableKinds, type VariableKind } from './variableKinds.js';
import { orders, type VariableOrder } from './variableOrder.js';

const ORDER = 'variables.order';
const HIDDEN = 'variables.hidden';
const PINNED = 'variables.pinned';
const MOST_PINNED = 1000;

/** What the user has chosen for the view, kept for the workspace. */
export class VariableChoices {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  get order(): VariableOrder {
    const kept = this.#memory.get(ORDER);
    return orders.find((order) => order === kept) ?? 'name';
  }

  async sort(order: VariableOrder): Promise<void> {
    await this.#memory.update(ORDER, order);
  }

  get hidden(): readonly VariableKind[] {
    const kept = this.#memory.get(HIDDEN);
    return Array.isArray(kept) ? variableKinds.filter((kind) => kept.includes(kind)) : usuallyHidden;
  }

  async hide(kinds: readonly VariableKind[]): Promise<void> {
    await this.#memory.update(HIDDEN, kinds);
  }

  /** Names. */
  get pinned(): readonly string[] {
    const kept = this.#memory.get(PINNED);
    return Array.isArray(kept) ? kept.filter((name) => typeof name === 'string') : [];
  }

  async pin(name: string, isPinned: boolean): Promise<void> {
    const others = this.pinned.filter((each) => each !== name);
    await this.#memory.update(PINNED, isPinned ? [...others, name].slice(-MOST_PINNED) : others);
  }
}
