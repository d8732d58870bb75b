export { registerElements } from './register-elements';
export { Workbench } from './workbench';
