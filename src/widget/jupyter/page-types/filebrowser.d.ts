// What is used of @jupyterlab/filebrowser 4, which is the page's own: shared, never bundled, and so not installed here.
// tsconfig's `paths` puts this in its place.

interface DialogOptions {
  readonly manager: unknown;
  readonly title: string;
  readonly label?: string;
  readonly defaultPath?: string;
  /** Null leaves a file or folder out of the list. */
  readonly filter?: (file: { readonly type: string; readonly name: string }) => object | null;
}

interface DialogResult {
  readonly button: { readonly accept: boolean };
  readonly value: readonly { readonly path: string; readonly type: string }[] | null;
}

export declare const FileDialog: {
  getOpenFiles(options: DialogOptions): Promise<DialogResult>;
  getExistingDirectory(options: DialogOptions): Promise<DialogResult>;
};
