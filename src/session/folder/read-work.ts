import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { History, loadDocument } from '../../annotation';
import type { MaskId, TrackChange, AnnotationDocument } from '../../annotation';
import { readHistoryFile } from './session-file';
import type { SessionFile } from './session-file';
import { applyLine, readLog } from './session-log';

/** The work of a folder, and up to where its log was understood. */
export interface ReadWork {
  readonly document: AnnotationDocument;
  readonly history: History;
  /** Of the log: bytes and lines that are in the document. */
  readonly log: { readonly bytes: number; readonly lines: number };
}

/**
 * The saved document with the log's newer lines applied. What follows the last line that can be understood is put
 * aside in a file of its own (unless the folder is only looked at), and said in `notices`.
 */
export function readWork(path: string, file: SessionFile, notices: string[], readOnly: boolean): ReadWork {
  const { name, width, height, frameCount } = file.video;
  const document = loadDocument({ name, width, height, frameCount }, file.document);
  const kept = readHistoryFile(path, file.log.lines);
  const history = kept ? History.of(kept) : new History();
  const logPath = join(path, 'log.jsonl');
  const { lines, ends, rest } = readLog(logPath, file.log.bytes, file.log.lines + 1);
  let applied = 0;
  try {
    for (; applied < lines.length; applied++) applyLine(lines[applied]!, document, history);
  } catch (error) {
    notices.push(`Line ${lines[applied]!.n} of the log does not fit (${(error as Error).message}).`);
  }
  const bytes = ends[applied - 1] ?? file.log.bytes;
  const log = { bytes, lines: file.log.lines + applied };
  if (rest || applied < lines.length) notices.push(setAside(path, log, readOnly));
  return { document, history, log };
}

function setAside(path: string, { bytes, lines }: ReadWork['log'], readOnly: boolean): string {
  const text = readFileSync(join(path, 'log.jsonl')).subarray(bytes);
  const torn = !text.subarray(0, -1).includes(10);
  if (!readOnly) {
    let number = 1;
    while (existsSync(join(path, `log.unread-${number}`))) number++;
    writeFileSync(join(path, `log.unread-${number}`), text, { flag: 'wx' });
  }
  return torn
    ? 'The writing of the last edit was cut short; that edit is missing, everything before it is here.'
    : `The log cannot be read after line ${lines}; what follows was put aside (log.unread), everything before it is here.`;
}

/** Takes masks out of a document whose bytes are not there (a power cut, a missing file), and says so. */
export function dropLostMasks(
  document: AnnotationDocument,
  store: { has(id: MaskId): boolean },
  notices: string[],
): void {
  let lost = 0;
  for (const { id: objectId } of document.objects) {
    const track = document.track(objectId);
    const changes = track.frames().flatMap((frame): TrackChange[] => {
      const entry = track.entryAt(frame)!;
      return store.has(entry.mask) ? [] : [{ frame, entry: null }];
    });
    if (changes.length > 0) document.restore({ kind: 'set-track', objectId, changes });
    lost += changes.length;
  }
  if (lost > 0)
    notices.push(`${lost} mask${lost === 1 ? ' is' : 's are'} missing from the folder; compute them again.`);
}
