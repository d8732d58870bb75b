import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ResourcesView } from '../../../src/protocol';
import type { ResourcePanel } from '../../../src/widget/elements/resource-panel';
import type { StatusBar } from '../../../src/widget/elements/status-bar';
import { mount } from '../../support/widget-mount';
import type { Mounted } from '../../support/widget-mount';

const mib = 1024 * 1024;
const view: ResourcesView = {
  kernel: { memoryBytes: 412 * mib, processor: 0.04 },
  pictures: null,
  model: { memoryBytes: 1341 * mib, processor: null },
  machine: { memoryBytes: 10_035 * mib, processor: 0.456, totalBytes: 32_768 * mib, cores: 8 },
  gpu: null,
  caches: { memoryBytes: 312 * mib, limitBytes: 512 * mib, diskBytes: 0 },
  sessionBytes: null,
  run: null,
};

describe('the resource panel', () => {
  let panel: Mounted<ResourcePanel>;
  beforeEach(async () => {
    panel = await mount<ResourcePanel>('masklet-resource-panel', { resources: view });
  });
  const rows = (): string[] =>
    panel.all('dl > div').map((one) => one.textContent.replace(/\s+/g, ' ').trim());

  it('says each figure, and in words what is not known or not started: never a zero', () => {
    expect(rows()).toEqual([
      'Notebook’s process 412 MiB',
      'Engine, pictures not started',
      'Engine, model 1.31 GiB',
      'Machine 9.80 of 32.0 GiB',
      'GPU not available',
      'Notebook’s process 4 %',
      'Engine, pictures not started',
      'Engine, model not available',
      'Machine, 8 cores 46 %',
      'GPU not available',
      'Cache of the model 312 of 512 MiB',
      'Cache on the disk none',
      'Session on the disk in memory only',
    ]);
    expect(panel.text()).toContain('No run is under way.');
  });

  it('says the pace of a run and a GPU whose driver tells a part', async () => {
    panel.element.resources = {
      ...view,
      gpu: { name: 'H100', load: null, memoryBytes: 4810 * mib, totalBytes: 81_559 * mib },
      run: { framesPerSecond: 21.42, secondsLeft: 27 },
    };
    await panel.element.updateComplete;
    expect(panel.find('.pace').textContent).toMatch(/21\.4\s+frames per second\s*27 s left/);
    expect(rows()).toEqual(expect.arrayContaining(['GPU, H100 4.70 of 79.6 GiB', 'GPU not available']));
  });
});

describe('the status bar', () => {
  it('has the monitor asked for while it is open, and no longer', async () => {
    const bar = await mount<StatusBar>('masklet-status-bar', {});
    const tell = (newState: string): void => {
      bar.find('.monitor').dispatchEvent(Object.assign(new Event('toggle'), { newState }));
    };
    expect(bar.find('.resources').textContent).toContain('Resources');
    tell('open');
    tell('closed');
    expect(bar.commands).toEqual([
      { do: 'watch-resources', on: true },
      { do: 'watch-resources', on: false },
    ]);
    bar.element.resources = view;
    await bar.element.updateComplete;
    expect(bar.find('.resources').textContent).toContain('engine 1.31 GiB');
    bar.element.connected = false;
    await bar.element.updateComplete;
    expect(bar.find<HTMLButtonElement>('.resources').disabled).toBe(true);
  });
});
