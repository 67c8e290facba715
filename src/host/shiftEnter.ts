/** What the setting `keys.shiftEnter` can be. */
export type ShiftEnter = 'auto' | 'always' | 'never';

const others = ['ms-python.python', 'ms-toolsai.jupyter'];

/** Whether Shift+Enter is ours: when nobody else has it, unless the person chose. */
export function ownsShiftEnter(choice: ShiftEnter, isInstalled: (extensionId: string) => boolean): boolean {
  return choice === 'always' || (choice === 'auto' && !others.some(isInstalled));
}
