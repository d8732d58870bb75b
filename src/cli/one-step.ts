import type { Session } from '../session';

/** Does edits as one step; where one of them fails, none of them stays. */
export async function asOneStep<T>(session: Session, label: string, work: () => Promise<T>): Promise<T> {
  let edits = 0;
  const stop = session.on('edit', () => edits++);
  try {
    return await session.step(label, work);
  } catch (error) {
    stop();
    if (edits > 0) await session.undo();
    throw error;
  } finally {
    stop();
  }
}
