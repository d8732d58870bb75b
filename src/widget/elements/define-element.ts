/** Registers an element once per page: the bundle may be loaded twice, and a name can be taken only once. */
export function defineElement(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
