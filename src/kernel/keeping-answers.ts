import { resolve } from 'node:path';
import { startOverEdit } from '../annotation';
import type { Answers, CanvasRequest } from '../protocol';
import { exportFormats } from '../session';
import type { Session } from '../session';

/** What a canvas asks about keeping the work: what it can be exported to, writing it elsewhere, beginning anew. */
export type KeepingRequest = Extract<CanvasRequest, { readonly kind: 'formats' | 'save-as' | 'start-over' }>;

/** Does what is asked. Paths are relative to the kernel's folder, which is the notebook's. */
export async function keepingAnswer(
  session: Session,
  body: KeepingRequest,
): Promise<Answers[KeepingRequest['kind']]> {
  switch (body.kind) {
    case 'formats':
      return { formats: exportFormats() };
    case 'save-as': {
      const path = /\.masklet$/i.test(body.path) ? body.path : `${body.path}.masklet`;
      await session.saveAs(path);
      return { path: resolve(path) };
    }
    case 'start-over':
      await session.cancel('all');
      session.step('Start over', () => session.change(startOverEdit(session.document)));
      return {};
  }
}
