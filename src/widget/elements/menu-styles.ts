import { css } from 'lit';
import type { CSSResult } from 'lit';

/** A menu's looks: a popover of items in groups. */
export const menuStyles: CSSResult = css`
  .menu {
    width: 236px;
    padding: 4px;
    border: 0;
    border-radius: 6px;
    background: var(--mk-bg);
    color: var(--mk-text);
    font: 12px/16px var(--mk-font);
    box-shadow:
      0 4px 16px rgba(0, 0, 0, 0.28),
      0 0 0 1px var(--mk-line);
  }
  .group + .group {
    margin-top: 4px;
    padding-top: 4px;
    border-top: 1px solid var(--mk-line);
  }
  .title {
    padding: 3px 8px 2px;
    color: var(--mk-text2);
    font-size: 11px;
    line-height: 14px;
  }
  .item {
    display: flex;
    align-items: center;
    gap: 8px;
    width: 100%;
    height: 26px;
    padding: 0 8px;
    border-radius: 3px;
    text-align: left;
  }
  .item:hover:not(:disabled) {
    background: var(--mk-hover);
  }
  .item kbd {
    margin-left: auto;
  }
`;
