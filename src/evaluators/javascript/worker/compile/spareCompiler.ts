let file: string | undefined;

/** The file of a TypeScript compiler, for projects that have none. */
export function useSpareCompiler(compiler: string | undefined): void {
  file = compiler;
}

export function spareCompiler(): string | undefined {
  return file;
}
