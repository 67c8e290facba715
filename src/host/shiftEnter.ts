/** The values of the setting `keys.shiftEnter`. */
export type ShiftEnter = 'auto' | 'always' | 'never';

const others = ['ms-python.python', 'ms-toolsai.jupyter'];

/** Whether ExtSession handles Shift+Enter: if no other extension does, unless the user has chosen. */
export function ownsShiftEnter(choice: ShiftEnter, isInstalled: (extensionId: string) => boolean): boolean {
  return choice === 'always' || (choice === 'auto' && !others.some(isInstalled));
}
