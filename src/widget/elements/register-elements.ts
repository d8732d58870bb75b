import { ClassMenu } from './class-menu';
import { defineElement } from './define-element';
import { FeatureValueField } from './feature-value';
import { FeaturesPanel } from './features-panel';
import { ModelMenu } from './model-menu';
import { NoticeStrip } from './notice-strip';
import { ObjectChips } from './object-chips';
import { ObjectMenu } from './object-menu';
import { ObjectsPanel } from './objects-panel';
import { PlayDeck } from './play-deck';
import { ReviewPanel } from './review-panel';
import { RunDeck } from './run-deck';
import { SidePanel } from './side-panel';
import { Stage } from './stage';
import { StatusBar } from './status-bar';
import { Timeline } from './timeline';
import { TimelineMenu } from './timeline-menu';
import { ToolStrip } from './tool-strip';
import { TopBar } from './top-bar';
import { ViewPicker } from './view-picker';
import { Workbench } from './workbench';

/** Makes `<masklet-workbench>` and the elements inside it known to the page. Doing it twice does no harm. */
export function registerElements(): void {
  defineElement('masklet-view-picker', ViewPicker);
  defineElement('masklet-model-menu', ModelMenu);
  defineElement('masklet-top-bar', TopBar);
  defineElement('masklet-notice-strip', NoticeStrip);
  defineElement('masklet-tool-strip', ToolStrip);
  defineElement('masklet-stage', Stage);
  defineElement('masklet-object-menu', ObjectMenu);
  defineElement('masklet-class-menu', ClassMenu);
  defineElement('masklet-objects-panel', ObjectsPanel);
  defineElement('masklet-features-panel', FeaturesPanel);
  defineElement('masklet-review-panel', ReviewPanel);
  defineElement('masklet-side-panel', SidePanel);
  defineElement('masklet-object-chips', ObjectChips);
  defineElement('masklet-play-deck', PlayDeck);
  defineElement('masklet-run-deck', RunDeck);
  defineElement('masklet-feature-value', FeatureValueField);
  defineElement('masklet-timeline-menu', TimelineMenu);
  defineElement('masklet-timeline', Timeline);
  defineElement('masklet-status-bar', StatusBar);
  defineElement('masklet-workbench', Workbench);
}
