/* Prints the file `NAME.exe.says` beside it, leaves `NAME.exe.ran`, and exits with the number in `NAME.exe.code`. */
#include <windows.h>
#include <stdio.h>

static FILE *beside(const wchar_t *ending, const wchar_t *mode) {
  wchar_t path[MAX_PATH + 8];
  GetModuleFileNameW(NULL, path, MAX_PATH);
  wcscat(path, ending);
  return _wfopen(path, mode);
}

int main(void) {
  int code = 0, letter;
  FILE *ran = beside(L".ran", L"wb"), *says = beside(L".says", L"rb"), *codes = beside(L".code", L"rb");
  if (ran) fclose(ran);
  while (says && (letter = fgetc(says)) != EOF) putchar(letter);
  if (codes && fscanf(codes, "%d", &code) != 1) code = 1;
  return code;
}
