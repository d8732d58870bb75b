import { refusalWords, SessionError } from '../../errors';

/** The sentence for a write to a session that the system refused. `kept` says what still stands. */
export function writeFailure(error: unknown, path: string, kept: string): SessionError {
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  // What was there when the session was opened, and is not now.
  const gone = code === 'ENOENT' && syscall !== 'mkdir';
  const reason = gone ? 'the folder is gone; it may have been moved or removed' : refusalWords(error);
  const help = code === 'ENOSPC' || code === 'EDQUOT' ? ' Free some space and do it again.' : '';
  return new SessionError(
    `${reason.charAt(0).toUpperCase()}${reason.slice(1)}: ${path}. ${kept}${help}`,
    { path, code },
    error,
  );
}

/** True for an error that says that a place cannot be written to by this user. */
export function isReadOnly(error: unknown): boolean {
  return ['EROFS', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '');
}
