export { alarmKey, alarmKinds } from './alarm';
export type { Alarm, AlarmKind, AlarmPlace, AlarmSign } from './alarm';
export { FigureTable } from './figure-table';
export { alarmList, alarmReach, alarmsAt, findAlarms } from './find-alarms';
export { frameFigures, measureMasks } from './frame-figures';
export type { FigureSource, FrameFigures, FrameMask, MeasuredFrame, Rival } from './frame-figures';
export { checkAlarms, checkStretches, seamAlarms } from './recorded';
export { thresholds } from './thresholds';
export type { Thresholds } from './thresholds';
