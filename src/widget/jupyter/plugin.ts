import { IJupyterWidgetRegistry } from '@jupyter-widgets/base';
import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';

/** Tells JupyterLab's widget manager where Masklet's canvas is; it is loaded when the first one is shown. */
const plugin: JupyterFrontEndPlugin<void> = {
  id: 'masklet-canvas:plugin',
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (app: JupyterFrontEnd, registry: IJupyterWidgetRegistry): void => {
    registry.registerWidget({
      name: 'masklet-canvas',
      version: '0.1.0',
      exports: async () => {
        const { canvasClasses } = await import('./canvas-widget');
        return canvasClasses(app);
      },
    });
  },
};

export default plugin;
