import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatNames } from '../../src/formats';
import { checkExport, EnginePair } from '../../src/session';
import { engineProgram } from '../support/engine-program';
import { WorkFolder } from '../support/work-folder';

const engines = new EnginePair({ model: 'synthetic', threads: 1, program: engineProgram() });
const work = new WorkFolder(engines);
afterAll(async () => {
  await work.remove();
  await engines.dispose();
});

describe('whether an export could be written', () => {
  it.each(formatNames())('is tried for %s, with objects and without, and leaves nothing', async (format) => {
    const { session } = await work.open(`${format}.masklet`);
    mkdirSync(work.at(format));
    await checkExport(session, format, join(work.at(format), 'a', 'b'));
    session.objects.add({ name: 'swan' });
    await checkExport(session, format, join(work.at(format), 'a', 'b'));
    expect(readdirSync(work.at(format))).toEqual([]);
    writeFileSync(join(work.at(format), 'a'), '');
    await expect(checkExport(session, format, join(work.at(format), 'a', 'b'))).rejects.toThrow(
      /^Nothing can be written to .*a is a file, not a folder\. Nothing was computed; give another folder\.$/,
    );
    expect(readdirSync(work.at(format))).toEqual(['a']);
  });

  it('sees a folder where a file is to be', async () => {
    const { session } = await work.open();
    mkdirSync(join(work.at('out'), `${session.video.name}.json`), { recursive: true });
    await expect(checkExport(session, 'coco', work.at('out'))).rejects.toThrow(
      /\.json is a folder, and the file/,
    );
    await expect(checkExport(session, 'npy', work.at('out'))).resolves.toBeUndefined();
  });
});
