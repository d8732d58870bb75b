export { registerElements } from './register-elements';
export type { OpeningPage } from './opening-page';
export { Workbench } from './workbench';
