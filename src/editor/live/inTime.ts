/** The answer, or undefined when it is not there in time or there can be none: the editor must not wait for a session. */
export async function inTime<T>(answer: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, undefined);
  });
  try {
    return await Promise.race([answer.catch(() => undefined), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
