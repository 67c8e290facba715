/** A change of a document: the text between two positions is replaced. VS Code's own change events have this shape. */
export interface DocumentChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}
