/** What has the focus below a document or shadow root, through the shadow roots in it; null for nothing there. */
export function focusedElement(root: DocumentOrShadowRoot | null): Element | null {
  let element = root?.activeElement ?? null;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}
