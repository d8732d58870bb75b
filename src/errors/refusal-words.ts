/** What Node.js says of a call that the system refused. */
interface SystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
}

/** What the system says by its codes of what it would not write. */
const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is used up',
  EFBIG: 'the file may not grow any more',
  EROFS: 'the disk cannot be written to',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'a folder is where the file should be',
  EEXIST: 'something is there already',
  ENOTEMPTY: 'something is there already',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'another program is using it',
  EIO: 'the disk does not answer',
};

/** Why the system would not make or write something, as the part of a sentence after a colon: `the disk is full`. */
export function refusalWords(error: unknown): string {
  const { code = '', syscall, path } = Object(error) as SystemError;
  if (syscall === 'mkdir' && code === 'ENOENT') return 'no folder can be made there';
  if (syscall === 'mkdir' && code === 'EEXIST') return `${path} is a file, not a folder`;
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

/** True for an error of the system about a file or folder, which is no fault of the program. */
export function isRefusal(error: unknown): boolean {
  const { code = '', syscall } = Object(error) as SystemError;
  return syscall !== undefined && code in words;
}
