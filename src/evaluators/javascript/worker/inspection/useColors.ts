/** With colours when the person's environment asks for them, as `console.log` does: FORCE_COLOR. */
export function useColors(): boolean {
  const { FORCE_COLOR: force, NO_COLOR: no } = process.env;
  return force !== undefined && force !== '0' && !no;
}
