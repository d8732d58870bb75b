import type { Page } from 'playwright-core';

/** What a page is opened with, and what a user does on it then. */
export interface Scene {
  readonly state?: string;
  readonly view?: string;
  readonly act?: (page: Page) => Promise<void>;
}

/** Every state of the canvas's page, by name. */
export const scenes: Readonly<Record<string, Scene>>;

/** Opens a state and does what belongs to it. */
export function openScene(
  tab: Page,
  address: string,
  name: string,
  look: Readonly<Record<string, string>>,
): Promise<void>;
