const digits = String.raw`\d+(?:_\d+)*`;
const decimal = String.raw`(?:${digits}(?:\.(?:${digits})?)?|\.${digits})(?:[eE][+-]?${digits})?`;
const radix = '0[xX][\\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+';
const text = String.raw`"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*'`;

const literals: Readonly<Record<string, RegExp>> = {
  python: new RegExp(
    `^(?:[+-]?(?:${radix}|${decimal}[jJ]?)|(?:[bBuUrR]|[bB][rR]|[rR][bB])?(?:${text})|True|False|None)$`,
  ),
  javascript: new RegExp(
    `^(?:[+-]?(?:${radix}|${decimal}|Infinity|NaN)|-?${digits}n|${text}|true|false|null|undefined)$`,
  ),
};

/**
 * Whether a text is a number, a string or a constant of a language and nothing else, so that to evaluate it runs
 * nothing.
 */
export function isLiteral(code: string, evaluator: string): boolean {
  return literals[evaluator]?.test(code) ?? false;
}
