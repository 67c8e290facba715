/** Whether the user's environment asks for colors, as for `console.log`: FORCE_COLOR. */
export function useColors(): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no } = process.env;
  return force !== undefined && force !== '0' && !no;
}
