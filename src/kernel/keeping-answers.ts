import { resolve } from 'node:path';
import { startOverEdit } from '../annotation';
import type { Answers, CanvasRequest } from '../protocol';
import { exportFormats } from '../session';
import type { Session } from '../session';

/** What a canvas asks about keeping the work: writing it elsewhere, exporting it, beginning anew. */
export type KeepingRequest = Extract<
  CanvasRequest,
  { readonly kind: 'formats' | 'export' | 'save-as' | 'start-over' }
>;

/** Does what is asked. Paths are relative to the kernel's folder, which is the notebook's. */
export async function keepingAnswer(
  session: Session,
  body: KeepingRequest,
): Promise<Answers[KeepingRequest['kind']]> {
  switch (body.kind) {
    case 'formats':
      return { formats: exportFormats() };
    case 'export': {
      const { format, folder, objectIds, range } = body;
      const report = await session.export(format, folder, {
        ...(objectIds ? { objects: objectIds } : {}),
        ...(range ? { range } : {}),
      });
      return { folder: report.folder, files: report.files.length };
    }
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
