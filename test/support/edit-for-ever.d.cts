import type { AnnotationDocument } from '../../src/annotation';

/** What a document is, in 16 digits. */
export function hashOf(document: AnnotationDocument): string;
