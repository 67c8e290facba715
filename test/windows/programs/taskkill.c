/* Stands in for Windows' taskkill where Wine's does not know /t: `taskkill /pid N /t /f`. */
#include <windows.h>
#include <stdlib.h>
#include <string.h>
#include <tlhelp32.h>

static void end(DWORD id) {
  HANDLE process = OpenProcess(PROCESS_TERMINATE, FALSE, id);
  if (process) TerminateProcess(process, 1);
}

static void end_children(DWORD parent) {
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32 one = {sizeof one};
  for (BOOL more = Process32First(all, &one); more; more = Process32Next(all, &one)) {
    if (one.th32ParentProcessID != parent || one.th32ProcessID == GetCurrentProcessId()) continue;
    end_children(one.th32ProcessID);
    end(one.th32ProcessID);
  }
}

int main(int count, char **arguments) {
  for (int at = 1; at + 1 < count; at++) {
    if (strcmp(arguments[at], "/pid") != 0) continue;
    DWORD id = strtoul(arguments[at + 1], NULL, 10);
    end_children(id);
    end(id);
  }
  return 0;
}
