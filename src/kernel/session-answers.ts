import type { Answers, CanvasRequest, RequestKind } from '../protocol';
import type { Session } from '../session';
import type { ExportRequest } from './canvas-export';
import { rework } from './canvas-rework';
import { keepingAnswer } from './keeping-answers';

/** What a canvas is answered with: a value, and bytes beside it. */
export interface Answered {
  readonly value: Answers[RequestKind];
  readonly buffers?: readonly Uint8Array[];
}

/** What a canvas asks about models of this machine. */
export type ModelRequest = Extract<CanvasRequest, { readonly kind: 'add-model' | 'stop-adding' }>;

/** What a canvas asks about places, with a session on it or without. */
export type OpeningRequest = Extract<
  CanvasRequest,
  { readonly kind: 'offered' | 'glimpse' | 'open' | 'forget' | 'close' }
>;

/** The requests that a session answers by itself. */
export type SessionRequest = Exclude<CanvasRequest, ModelRequest | OpeningRequest | ExportRequest>;

/** Does what a canvas asks of its session. */
export async function sessionAnswer(session: Session, body: SessionRequest): Promise<Answered> {
  switch (body.kind) {
    case 'picture': {
      const { data, ...value } = await session.video.picture(body.frame, body.maxWidth);
      return { value: { frame: body.frame, ...value }, buffers: [data] };
    }
    case 'masks':
      return masksOf(session, body.frame);
    case 'edit':
      // The mask follows by itself; what goes wrong with it is told by a notice.
      return { value: { version: session.change(body.edit, gestureOf(body)).applied.version } };
    case 'draw': {
      const { objectId, frame, stroke, adds } = body;
      return { value: await session.draw({ objectId, frame }, stroke, adds, gestureOf(body)) };
    }
    case 'preview': {
      const { objectId, frame, ...point } = body;
      const { width, height, counts } = await session.preview(objectId, frame, point);
      return { value: { width, height }, buffers: [bytesOf(counts)] };
    }
    case 'rework': {
      const objectId = await rework(session, body.work);
      return { value: { version: session.document.version, objectId } };
    }
    case 'undo':
      return { value: { step: await session.undo() } };
    case 'redo':
      return { value: { step: await session.redo() } };
    case 'formats':
    case 'save-as':
    case 'start-over':
      return { value: await keepingAnswer(session, body) };
    default:
      return workAnswer(session, body);
  }
}

type WorkRequest = Extract<
  SessionRequest,
  {
    readonly kind:
      | 'abandon'
      | 'propagate'
      | 'forecast'
      | 'areas'
      | 'check'
      | 'cancel'
      | 'start-now'
      | 'resources'
      | 'use-model'
      | 'done';
  }
>;

/** Runs, the model, and the end of a gesture or of a wait. */
async function workAnswer(session: Session, body: WorkRequest): Promise<Answered> {
  switch (body.kind) {
    case 'abandon':
      await session.abandon(body.gesture);
      return { value: {} };
    case 'propagate': {
      const { objectIds, ...options } = body.options;
      const when = body.when === undefined ? {} : { when: body.when };
      const run = session.propagate({ ...options, ...when, ...(objectIds ? { objects: objectIds } : {}) });
      return { value: { runId: run.id } };
    }
    case 'forecast': {
      const { objectIds, ...options } = body.options;
      return { value: await session.forecast({ ...options, ...(objectIds ? { objects: objectIds } : {}) }) };
    }
    case 'areas': {
      const { objectId, range } = body;
      return { value: { areas: [...session.objects.get(objectId).areas({ range })] } };
    }
    case 'check': {
      const { objectIds, ...options } = body.options;
      return {
        value: { runId: session.check({ ...options, ...(objectIds ? { objects: objectIds } : {}) }).id },
      };
    }
    case 'cancel':
      await session.cancel(body.runId);
      return { value: {} };
    case 'start-now':
      await session.startNow(body.runId);
      return { value: {} };
    case 'use-model': {
      const { fast, ...choice } = body;
      await session.useModel({ ...choice, ...(fast === undefined ? {} : { settings: { fast } }) });
      return { value: {} };
    }
    case 'resources':
      return { value: await session.resources() };
    case 'done':
      session.finish();
      return { value: {} };
  }
}

async function masksOf({ document, reader, video }: Session, frame: number): Promise<Answered> {
  video.checkFrame(frame);
  const { version } = document;
  const objectIds: string[] = [];
  const buffers: Uint8Array[] = [];
  for (const { id } of [...document.objects]) {
    const entry = document.objects.some((one) => one.id === id) ? await reader.runLength(id, frame) : null;
    if (!entry) continue;
    objectIds.push(id);
    buffers.push(bytesOf(entry.counts));
  }
  return { value: { frame, version, width: video.width, height: video.height, objectIds }, buffers };
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function gestureOf({ gesture }: { readonly gesture?: string }): { readonly gesture?: string } {
  return gesture === undefined ? {} : { gesture };
}
