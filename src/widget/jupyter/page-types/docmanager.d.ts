// What is used of @jupyterlab/docmanager 4; see filebrowser.d.ts beside it.

import type { Token } from '@lumino/coreutils';

export declare const IDocumentManager: Token<unknown>;
