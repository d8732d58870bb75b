export type {
  Connection,
  KernelAnswer,
  KernelLink,
  RequestOf,
  RequestSender,
  Unsubscribe,
} from './kernel-link';
export { randomId } from './random-id';
export { RequestChannel } from './request-channel';
export { SignalOf } from './signal';
