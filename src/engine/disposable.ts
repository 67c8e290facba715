/** Something that can be disposed of once; compatible with VS Code's `Disposable`. */
export interface Disposable {
  dispose(): void;
}
