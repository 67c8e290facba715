/** A change, for anyone who keeps a copy: a text from a line on, or anything else as a whole. */
export type ModelChange =
  | { readonly type: 'status' }
  | { readonly type: 'entry' | 'command'; readonly key: number }
  /** A command has no parts any more. */
  | { readonly type: 'cleared'; readonly key: number }
  | { readonly type: 'part'; readonly key: number; readonly part: number }
  | { readonly type: 'text'; readonly key: number; readonly part: number; readonly from: number }
  | { readonly type: 'removed'; readonly key: number }
  /** The oldest entries were removed. */
  | { readonly type: 'dropped' }
  /** Nothing in the copy is valid any more. */
  | { readonly type: 'reset' };
