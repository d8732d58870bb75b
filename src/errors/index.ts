export {
  MaskletError,
  VideoError,
  ModelError,
  EngineError,
  EditError,
  FormatError,
  SessionError,
  KernelError,
  CommandError,
  isMaskletError,
  toWireError,
  fromWireError,
} from './errors';
export { isRefusal, refusalWords } from './refusal-words';
export { schemaWords } from './schema-words';
export type { ErrorFields, ErrorTag, WireError } from './errors';
