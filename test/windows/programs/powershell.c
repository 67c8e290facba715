/* Stands in for PowerShell, which Wine lacks: raises Ctrl+C in the console that the command names, when it is told to. */
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static DWORD named_process(const char *command) {
  static const char call[] = "::AttachConsole(";
  const char *found = strstr(command, call);
  return found ? strtoul(found + sizeof call - 1, NULL, 10) : 0;
}

int main(void) {
  char line[16] = "";
  DWORD process = named_process(GetCommandLineA());
  if (process == 0) return 1;
  puts("ready");
  fflush(stdout);
  if (!fgets(line, sizeof line, stdin) || strncmp(line, "send", 4) != 0) return 0;
  FreeConsole();
  if (!AttachConsole(process)) return 2;
  SetConsoleCtrlHandler(NULL, TRUE);
  return GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0) ? 0 : 3;
}
