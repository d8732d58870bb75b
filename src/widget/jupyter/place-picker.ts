import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { PlaceRequest } from '../../protocol';
import type { ChosenKind, PlacePicker } from '../controllers';
import type { NotebookOutputs } from './notebook-outputs';

const videoNames = /\.(mp4|m4v|mov|avi|mkv|webm|mpe?g|wmv)$/i;
const draggedFiles = 'application/x-jupyter-icontents';

const questions: Readonly<Record<ChosenKind, { readonly title: string; readonly label: string }>> = {
  video: { title: 'Choose a video', label: 'mp4, mov, avi, mkv or webm' },
  pictures: { title: 'Choose a folder of images', label: 'The folder that holds the jpg or png files' },
  session: { title: 'Choose a session', label: 'A folder with a session.json; its name ends in .masklet' },
};

/**
 * JupyterLab's own dialogs for files. Resolves with null where the page has none of them (the packages are the page's;
 * Notebook 7 and others may lack them): then paths are typed.
 */
export async function findPicker(
  app: JupyterFrontEnd,
  outputs: NotebookOutputs,
  kernelId: string | null,
): Promise<PlacePicker | null> {
  try {
    const [{ FileDialog }, { IDocumentManager }] = await Promise.all([
      import('@jupyterlab/filebrowser'),
      import('@jupyterlab/docmanager'),
    ]);
    const manager = await app.resolveOptionalService(IDocumentManager);
    if (manager === null) return null;
    const { contents } = app.serviceManager;
    const named = (path: string): PlaceRequest => {
      const notebook = outputs.notebookOf(kernelId);
      return {
        chosen: contents.localPath(path),
        notebook: notebook === null ? null : contents.localPath(notebook),
      };
    };
    return {
      choose: async (kind) => {
        const notebook = outputs.notebookOf(kernelId) ?? '';
        const options = {
          manager,
          ...questions[kind],
          defaultPath: notebook.includes('/') ? notebook.slice(0, notebook.lastIndexOf('/')) : '',
        };
        const { button, value } =
          kind === 'video'
            ? await FileDialog.getOpenFiles({
                ...options,
                filter: ({ type, name }) => (type === 'directory' || videoNames.test(name) ? {} : null),
              })
            : await FileDialog.getExistingDirectory(options);
        const [chosen] = value ?? [];
        return button.accept && chosen ? named(chosen.path) : null;
      },
      dropped: (event) => {
        const [path] = draggedPaths(event);
        if (path === undefined) return null;
        // Lumino lets go of what nobody has said to take.
        const drag = event as { dropAction?: string; proposedAction?: string };
        drag.dropAction = drag.proposedAction ?? 'copy';
        return named(path);
      },
    };
  } catch {
    return null;
  }
}

/** Paths that JupyterLab's file browser drags (Lumino's drag and drop). */
function draggedPaths(event: Event): readonly string[] {
  const { mimeData } = event as { mimeData?: { getData(type: string): unknown } };
  const paths = mimeData?.getData(draggedFiles);
  return Array.isArray(paths) ? paths.filter((path): path is string => typeof path === 'string') : [];
}
