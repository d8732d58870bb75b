import { createHmac, randomUUID } from 'node:crypto';

/** Plain data, as JSON carries it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The header of a Jupyter message. */
export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A Jupyter message apart from its routing. */
export interface WireMessage {
  readonly identities: readonly Uint8Array[];
  readonly header: MessageHeader;
  readonly parent: MessageHeader | Record<string, never>;
  readonly metadata: Readonly<Record<string, Json>>;
  readonly content: Readonly<Record<string, unknown>>;
  readonly buffers: readonly Uint8Array[];
}

const delimiter = Buffer.from('<IDS|MSG>');

/** A new header of a type. */
export function newHeader(msg_type: string, session: string): MessageHeader {
  return {
    msg_id: randomUUID(),
    msg_type,
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    version: '5.3',
  };
}

/** The frames of a message. The four JSON parts are signed; buffers follow unsigned, as jupyter_client does it. */
export function encodeMessage(message: WireMessage, key: string): (Uint8Array | string)[] {
  const { header, parent, metadata, content } = message;
  const parts = [header, parent, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
  return [...message.identities, delimiter, sign(parts, key), ...parts, ...message.buffers];
}

/** The message in frames. Throws a TypeError for frames that are no message or bear a wrong signature. */
export function decodeMessage(frames: readonly Uint8Array[], key: string): WireMessage {
  const at = frames.findIndex((frame) => delimiter.equals(frame));
  const parts = frames.slice(at + 2, at + 6);
  if (at < 0 || parts.length < 4) throw new TypeError('these frames are no Jupyter message');
  if (sign(parts, key) !== Buffer.from(frames[at + 1]!).toString())
    throw new TypeError('the signature is wrong');
  const [header, parent, metadata, content] = parts.map(
    (part) => JSON.parse(Buffer.from(part).toString()) as unknown,
  );
  return {
    identities: frames.slice(0, at),
    header: header as MessageHeader,
    parent: parent as WireMessage['parent'],
    metadata: metadata as WireMessage['metadata'],
    content: content as WireMessage['content'],
    buffers: frames.slice(at + 6),
  };
}

/** The type of a message, read without checking anything; null for frames that are no message. */
export function messageType(frames: readonly Uint8Array[]): string | null {
  const at = frames.findIndex((frame) => delimiter.equals(frame));
  if (at < 0 || !frames[at + 2]) return null;
  try {
    const header = JSON.parse(Buffer.from(frames[at + 2]!).toString()) as { msg_type?: unknown };
    return typeof header.msg_type === 'string' ? header.msg_type : null;
  } catch {
    return null;
  }
}

function sign(parts: readonly Uint8Array[], key: string): string {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}
