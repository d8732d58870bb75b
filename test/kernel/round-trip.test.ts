import { expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { KernelClient } from '../support/kernel-client';

// Start-up and comm round trips of the real kernel, written where `npm run bench` reads them; nothing is asserted about time.

const comm = resolve(__dirname, '..', '..', 'dist', 'kernel', 'comm', 'index.js');

it('starts and answers comm messages, one after the other', async () => {
  const start: number[] = [];
  const roundTrip: number[] = [];
  for (let i = 0; i < 2; i++) {
    const began = performance.now();
    const kernel = await KernelClient.start();
    try {
      start.push((performance.now() - began) / 1000);
      const { stdout } = await kernel.run(
        `const { createWidgetModel } = require(${JSON.stringify(comm)});
const echo = createWidgetModel({ module: "m", moduleVersion: "1", modelName: "M", viewName: "V", state: {} });
echo.onMessage((content: any) => echo.send(content, [new Uint8Array(50_000)]));
console.log(echo.modelId);`,
      );
      for (let k = 0; k < 20; k++) {
        const sent = performance.now();
        const data = { method: 'custom', content: k };
        const id = kernel.send('comm_msg', { comm_id: stdout.trim(), data });
        const answer = await kernel.waitFor(
          (one) => one.parent.msg_id === id && one.header.msg_type === 'comm_msg',
        );
        roundTrip.push((performance.now() - sent) / 1000);
        expect(answer.buffers[0]!.length).toBe(50_000);
      }
    } finally {
      await kernel.stop();
    }
  }
  const file = process.env['BENCH_FILE'];
  if (file !== undefined) writeFileSync(file, JSON.stringify({ start, roundTrip }));
});
