export type Child = Node | string | undefined;

/** Values for attributes; `undefined` and `false` omit the attribute. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Creates an element with attributes and children. Strings become text, never markup. */
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

/** A button that looks like a link in running text. */
export function textButton(className: string, text: string, onClick: () => void): HTMLButtonElement {
  const button = element('button', { class: className, type: 'button' }, text);
  button.addEventListener('click', onClick);
  return button;
}

/**
 * For an element that opens an editor: the focus stays where it is while the element is pressed. Otherwise, VS Code may
 * learn that the page has the focus after the editor has taken it, and the page stays the active one.
 */
export function leadsToEditor<Link extends HTMLElement>(link: Link): Link {
  link.addEventListener('mousedown', (event) => {
    if (!document.hasFocus()) event.preventDefault();
  });
  return link;
}

/** Sets the text only if it differs, because an unchanged node keeps selections and is not announced. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
