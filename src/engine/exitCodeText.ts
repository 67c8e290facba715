/**
 * Windows reports a crash as an NTSTATUS, whose numbers are known in hexadecimal: 0xC0000005 is an access violation.
 */
const FIRST_STATUS = 0x80000000;

export function exitCodeText(exitCode: number): string {
  const unsigned = exitCode >>> 0;
  const isStatus = unsigned >= FIRST_STATUS && exitCode !== -1;
  return isStatus ? `0x${unsigned.toString(16).toUpperCase()}` : String(exitCode);
}
