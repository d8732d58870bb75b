export { bytesOf, floats, floatsOf, int, ints, longs, node, number, tensor } from './graph-parts';
export type { Node } from './graph-parts';
