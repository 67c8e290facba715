/** Something that can be ended, at most once; compatible with VS Code's. */
export interface Disposable {
  dispose(): void;
}
