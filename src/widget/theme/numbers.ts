/** A whole number with its thousands grouped by a narrow no-break space. */
export function grouped(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** A time in the video as `00:51.36`; hours only where there are any. */
export function timecode(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(hundredths / 360_000);
  const rest = `${two((hundredths / 6000) % 60)}:${two((hundredths / 100) % 60)}.${two(hundredths % 100)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** A length of time in words, as exact as one can wait: `8 s`, `3 min`, `2 h 10 min`. */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** `1 object`, `3 objects`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Bytes as `412 MiB`, `1.31 GiB`; under a MiB in KiB. */
export function bytesWords(bytes: number): string {
  const [kib, mib, gib] = [bytes / 1024, bytes / 1024 ** 2, bytes / 1024 ** 3];
  if (gib >= 100) return `${grouped(gib)} GiB`;
  if (gib >= 1) return `${gib.toFixed(gib >= 10 ? 1 : 2)} GiB`;
  return mib >= 1 ? `${grouped(mib)} MiB` : `${grouped(kib)} KiB`;
}
