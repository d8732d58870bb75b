export type { GivenPrompt } from './given-prompt';
export { readPrompts } from './read-prompts';
