import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';
import type { ExportMap } from '@jupyter-widgets/base';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import { startState } from '../../protocol';
import { Workbench, registerElements } from '../elements';
import { watchKernel } from './kernel-watch';
import { ModelLink } from './model-link';
import type { SyncedModel } from './model-link';
import { NotebookOutputs } from './notebook-outputs';
import { findPicker } from './place-picker';
import { PreviewKeeper } from './preview-keeper';

/** The front-end module and its version, as the kernel names them. */
const module = 'masklet-canvas';
const moduleVersion = '0.1.0';

/** The synced state of one canvas; all its views share it. */
export class CanvasModel extends DOMWidgetModel {
  override defaults(): Record<string, unknown> {
    return {
      ...super.defaults(),
      _model_name: 'CanvasModel',
      _view_name: 'CanvasView',
      _model_module: module,
      _view_module: module,
      _model_module_version: moduleVersion,
      _view_module_version: moduleVersion,
      ...startState,
    };
  }
}

/** The classes that a widget manager asks for by name; `app` is the page that the notebooks are in. */
export function canvasClasses(app: JupyterFrontEnd): ExportMap {
  /** One view of a canvas: puts the workbench into the cell's output and links it to the model. */
  class CanvasView extends DOMWidgetView {
    #link: ModelLink | null = null;
    #preview: PreviewKeeper | null = null;

    override render(): void {
      registerElements();
      const watch = watchKernel(this.model.widget_manager);
      this.#link = new ModelLink(this.model as unknown as SyncedModel, watch);
      const workbench = new Workbench();
      workbench.link = this.#link;
      this.el.append(workbench);
      const outputs = new NotebookOutputs(app.shell);
      void findPicker(app, outputs, kernelId(this.model.widget_manager)).then((picker) => {
        workbench.picker = picker;
      });
      this.#preview = new PreviewKeeper(outputs, this.model.model_id, this.#link, workbench);
    }

    override remove(): unknown {
      this.#preview?.dispose();
      this.#link?.dispose();
      this.#link = null;
      return super.remove() as unknown;
    }
  }
  return { CanvasModel, CanvasView };
}

/** The kernel behind a widget manager, where the page says which. */
function kernelId(manager: unknown): string | null {
  return (manager as { readonly kernel?: { readonly id?: string } | null } | null)?.kernel?.id ?? null;
}
