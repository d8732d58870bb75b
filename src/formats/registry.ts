import { FormatError } from '../errors';
import { binary } from './binary';
import { coco, cocoPolygons } from './coco';
import { davis, lvos, youtubeVos } from './davis';
import type { Format } from './format';
import { npy, npz } from './npy';

const formats: readonly Format[] = [davis, youtubeVos, lvos, binary, coco, cocoPolygons, npy, npz];

/** The names of the formats that masks can be exported in. */
export function formatNames(): string[] {
  return formats.map((one) => one.name);
}

/** The format of a name. Throws a FormatError that lists the names there are. */
export function formatOf(name: string): Format {
  const found = formats.find((one) => one.name === name);
  if (found) return found;
  throw new FormatError(
    `There is no format “${name}”. There are: ${formatNames().join(', ')}. Nothing was written.`,
    {
      name,
    },
  );
}
