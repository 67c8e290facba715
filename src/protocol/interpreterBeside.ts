/** What is said of an interpreter beside the title of its session: 'Python' is not repeated before 'Python 3.12'. */
export function interpreterBeside(title: string, label: string | undefined): string | undefined {
  return label?.startsWith(`${title} `) ? label.slice(title.length + 1) : label;
}
