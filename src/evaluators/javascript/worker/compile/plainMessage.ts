/** What a parser says, without the place that it adds to it. */
export function plainMessage(message: string): string {
  return message.replace(/^Error transforming .*?: /, '').replace(/ \(\d+:\d+\)$/, '');
}
