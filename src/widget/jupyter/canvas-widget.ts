import { DOMWidgetModel, DOMWidgetView } from '@jupyter-widgets/base';
import { Workbench, registerElements } from '../elements';
import { defaultState } from './default-state';
import { watchKernel } from './kernel-watch';
import { ModelLink } from './model-link';
import type { SyncedModel } from './model-link';

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
      ...defaultState,
    };
  }
}

/** One view of a canvas: puts the workbench into the cell's output and links it to the model. */
export class CanvasView extends DOMWidgetView {
  #link: ModelLink | null = null;

  override render(): void {
    registerElements();
    this.#link = new ModelLink(this.model as unknown as SyncedModel, watchKernel(this.model.widget_manager));
    const workbench = new Workbench();
    workbench.link = this.#link;
    this.el.append(workbench);
  }

  override remove(): unknown {
    this.#link?.dispose();
    this.#link = null;
    return super.remove() as unknown;
  }
}
