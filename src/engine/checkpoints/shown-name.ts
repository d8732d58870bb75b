/**
 * A name from a file as a message may show it: at most 80 characters, those that are not printable ASCII as their
 * code. A file from elsewhere could otherwise send commands to the terminal, or fill it.
 */
export function shownName(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}...` : name;
  return short.replace(/[^\x20-\x7e]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
