import { FormatError } from '../errors';
import { binary } from './binary';
import { coco, cocoPolygons } from './coco';
import { csv } from './csv';
import { cvat } from './cvat';
import { davis, lvos, youtubeVos } from './davis';
import type { Format } from './format';
import { labelme } from './labelme';
import { mots } from './mots';
import { npy, npz } from './npy';
import { overlay } from './overlay';
import { parquet } from './parquet';
import { samannot } from './samannot';
import { xlsx } from './xlsx';
import { yolo } from './yolo';

const formats: readonly Format[] = [
  ...[davis, youtubeVos, lvos, binary],
  ...[coco, cocoPolygons, yolo, mots],
  ...[npy, npz, cvat, labelme, overlay],
  ...[csv, xlsx, parquet, samannot],
];

/** The names of the formats that masks can be exported in. */
export function formatNames(): string[] {
  return formats.map((one) => one.name);
}

/** The names of the formats that masks can be read from. */
export function importNames(): string[] {
  return formats.filter((one) => one.read).map((one) => one.name);
}

/** The format of a name. Throws a FormatError that lists the names there are. */
export function formatOf(name: string): Format {
  const found = formats.find((one) => one.name === name);
  if (found) return found;
  throw new FormatError(
    `There is no format “${name}”. There are: ${formatNames().join(', ')}. Nothing was written.`,
    { name },
  );
}
