export { defaultBlockSize, planBlocks } from './block-plan';
export type { Block } from './block-plan';
export { MemoryBudget } from './memory-budget';
export type { BudgetHolder } from './memory-budget';
