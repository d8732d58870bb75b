/** A random id that no other page makes: 20 letters and digits, 100 bits. Works without a secure context. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20));
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join('');
}
