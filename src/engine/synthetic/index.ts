export { SyntheticModel } from './synthetic-model';
