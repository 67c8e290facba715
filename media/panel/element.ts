export type Child = Node | string | undefined;

/** Properties that are set as attributes; `undefined` and `false` leave one out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and children. Strings become text, never markup. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    created.setAttribute(attribute, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== undefined) created.append(child);
  return created;
}

/** A button that reads as a link in running text. */
export function textButton(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { class: className, type: 'button' }, text);
  button.addEventListener('click', onClick);
  return button;
}

/** Sets the text only when it differs: an untouched node keeps selections and is announced to nobody. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
