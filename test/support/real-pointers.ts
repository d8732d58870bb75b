import type { CDPSession, Page } from 'playwright-core';
import type { Point } from '../../src/widget/drawing';

/** Fingers and a pen as the browser's own input, so that its events are trusted, captured and coalesced. */
export class RealPointers {
  readonly #session: CDPSession;
  readonly #page: Page;

  private constructor(session: CDPSession, page: Page) {
    this.#session = session;
    this.#page = page;
  }

  static async of(page: Page): Promise<RealPointers> {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
    return new RealPointers(session, page);
  }

  /** The fingers that are down now, in window pixels; none lifts them all. */
  async fingers(type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly Point[]): Promise<void> {
    const touchPoints = places.map(({ x, y }, id) => ({ x, y, id }));
    await this.#session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  /** A pen that hovers there. `shift`: with the key held. */
  async hover({ x, y }: Point, shift = false): Promise<void> {
    await this.#pen('mouseMoved', { x, y }, 0, shift);
  }

  /**
   * A stroke of the pen. The page is busy while the pen moves, as it is while it draws: the browser hands the places over in
   * few events, with the others coalesced in them.
   */
  async stroke(places: readonly Point[]): Promise<void> {
    await this.#pen('mouseMoved', places[0]!, 0);
    await this.#pen('mousePressed', places[0]!, 1);
    const busy = this.#page.evaluate(() => {
      const end = performance.now() + 250;
      while (performance.now() < end);
    });
    await Promise.all(places.slice(1).map((place) => this.#pen('mouseMoved', place, 1)));
    await busy;
    await this.#pen('mouseReleased', places.at(-1)!, 0);
  }

  async #pen(
    type: 'mouseMoved' | 'mousePressed' | 'mouseReleased',
    { x, y }: Point,
    buttons: number,
    shift = false,
  ): Promise<void> {
    await this.#session.send('Input.dispatchMouseEvent', {
      ...{ type, x, y, buttons, pointerType: 'pen', modifiers: shift ? 8 : 0 },
      ...(type === 'mouseMoved' ? {} : { button: 'left' as const, clickCount: 1 }),
    });
  }
}
