/** What a shadow root says, without its style sheets and with its spaces evened out. */
export function textOf(root: ParentNode | null): string {
  const words = [...(root?.childNodes ?? [])]
    .filter((node) => node.nodeName !== 'STYLE' && node.nodeName !== '#comment')
    .map((node) => node.textContent ?? '');
  return words
    .join('')
    .replace(/[ \n]+/g, ' ')
    .trim();
}
