export { writeAtomically } from './atomic-file';
export { makeFolders } from './make-folders';
export { SessionFolder } from './session-folder';
export type { FolderSources, KeptWork, OpenedFolder } from './session-folder';
export { readSessionFile } from './session-file';
export type { SavedVideo, SessionFile } from './session-file';
export { readLog } from './session-log';
export type { LogEntry, LogLine } from './session-log';
export { checkSameVideo, describeVideo, findVideo } from './video-place';
