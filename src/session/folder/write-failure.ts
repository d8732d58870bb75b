import { SessionError } from '../../errors';

/** The sentence for a write that the system refused. `what` says what was to be written; `kept` what still stands. */
export function writeFailure(error: unknown, path: string, kept: string): SessionError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'The disk is full',
    EDQUOT: 'Your share of the disk is used up',
    EFBIG: 'The file may not grow any more',
    EROFS: 'The disk cannot be written to',
    EACCES: 'You may not write there',
    EPERM: 'You may not write there',
    ENOENT: 'The folder is gone; it may have been moved or removed',
    EIO: 'The disk does not answer',
  };
  const reason = reasons[code] ?? `It could not be written (${(error as Error).message})`;
  const help = code === 'ENOSPC' || code === 'EDQUOT' ? ' Free some space and do it again.' : '';
  return new SessionError(`${reason}: ${path}. ${kept}${help}`, { path, code }, error);
}

/** True for an error that says that a place cannot be written to by this user. */
export function isReadOnly(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
