import { css } from 'lit';
import type { CSSResult } from 'lit';

/**
 * The widget's frame and grid; the grid answers to the widget's own width, never to the window's. The widths asked
 * for are two pixels less than the widget's, for its border.
 */
export const workbenchStyles: CSSResult = css`
  :host {
    display: block;
    container-type: inline-size;
    position: relative;
    background: var(--mk-bg);
    color: var(--mk-text);
    font: 13px/18px var(--mk-font);
    font-variant-numeric: tabular-nums;
    border: 1px solid var(--jp-border-color1, #bdbdbd);
    border-radius: 4px;
    overflow: hidden;
    text-align: left;
    -webkit-font-smoothing: antialiased;
  }
  :host(:focus-within) {
    border-color: var(--mk-accent);
    box-shadow: 0 0 0 1px var(--mk-accent);
  }
  .grid {
    --stage-height: 424px;
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) 276px;
    grid-template-areas:
      'top top top'
      'notices notices notices'
      'tools stage panel'
      'chips chips chips'
      'deck deck deck'
      'time time time'
      'status status status';
  }
  .grid.no-panel {
    grid-template-columns: 40px minmax(0, 1fr) 0;
  }
  .no-panel masklet-side-panel {
    display: none;
  }
  masklet-top-bar {
    grid-area: top;
  }
  masklet-notice-strip {
    grid-area: notices;
  }
  masklet-tool-strip {
    grid-area: tools;
  }
  .stage {
    grid-area: stage;
    height: var(--stage-height);
    min-width: 0;
  }
  masklet-stage {
    width: 100%;
    height: 100%;
  }
  masklet-side-panel {
    grid-area: panel;
    height: var(--stage-height);
    border-left: 1px solid var(--mk-line);
  }
  masklet-object-chips {
    grid-area: chips;
    display: none;
  }
  .deck {
    grid-area: deck;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    border-top: 1px solid var(--mk-line);
    background: var(--mk-bar);
    min-width: 0;
  }
  masklet-play-deck {
    flex: 0 0 auto;
  }
  masklet-run-deck {
    flex: 1 1 0;
  }
  masklet-timeline {
    grid-area: time;
  }
  masklet-status-bar {
    grid-area: status;
  }
  .empty {
    min-height: 424px;
    display: flex;
    flex-direction: column;
  }
  .empty masklet-opening-page {
    flex: 1;
  }
  .empty-bar,
  .empty-status {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 0 8px 0 12px;
    background: var(--mk-bar);
    min-width: 0;
  }
  .empty-bar {
    height: 40px;
    border-bottom: 1px solid var(--mk-line);
    gap: 2px;
  }
  .empty-bar .gap {
    flex: 1;
  }
  .empty-status {
    margin-top: auto;
    height: 26px;
    padding: 0 8px;
    border-top: 1px solid var(--mk-line);
    font-size: 11px;
    color: var(--mk-text2);
  }
  .empty-status .cut {
    flex: 1;
  }
  .empty-status .keys {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .empty-status kbd {
    height: 16px;
    line-height: 13px;
    color: var(--mk-text);
  }
  :host(:fullscreen) .empty {
    height: 100%;
    overflow: auto;
  }
  :host(:fullscreen) .grid {
    height: 100%;
    grid-template-rows: auto auto minmax(0, 1fr) auto auto auto auto;
  }
  :host(:fullscreen) .stage,
  :host(:fullscreen) masklet-side-panel {
    height: 100%;
  }
  @container (min-width: 1438px) {
    .grid {
      --stage-height: 560px;
      grid-template-columns: 40px minmax(0, 1fr) 560px;
    }
  }
  @container (max-width: 1099px) {
    masklet-play-deck {
      flex: 1 1 100%;
    }
    masklet-run-deck {
      flex: 1 1 100%;
      border-top: 1px solid var(--mk-line);
    }
  }
  @container (max-width: 997px) {
    .grid {
      --stage-height: 324px;
      grid-template-columns: 40px minmax(0, 1fr) 220px;
    }
  }
  @container (max-width: 638px) {
    .grid {
      --stage-height: 290px;
      grid-template-columns: 40px minmax(0, 1fr) 200px;
    }
  }
  @container (max-width: 557px) {
    .grid,
    .grid.no-panel {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'top' 'notices' 'tools' 'stage' 'chips' 'deck' 'time' 'panel' 'status';
    }
    .stage {
      height: auto;
      aspect-ratio: var(--shape, 1.78);
      max-height: 70vh;
    }
    masklet-object-chips {
      display: flex;
    }
    masklet-side-panel,
    .no-panel masklet-side-panel {
      display: flex;
      height: auto;
      border-left: 0;
      border-top: 1px solid var(--mk-line);
    }
  }
`;
