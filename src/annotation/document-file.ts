import { AnnotationDocument } from './document';
import { damagedFile, parseSavedDocument } from './record-schemas';
import type { SavedDocument, SavedTrack } from './saved-document';
import type { MaskSource, TrackEntry, VideoFacts } from './records';
import { Track } from './track';

/** Writes a document down. The same document is written the same. */
export function saveDocument(document: AnnotationDocument): SavedDocument {
  const places = new Map<string, number>();
  const sources: MaskSource[] = [];
  const placeOf = (source: MaskSource): number => {
    const key = JSON.stringify(source);
    let place = places.get(key);
    if (place === undefined) {
      place = sources.push(source) - 1;
      places.set(key, place);
    }
    return place;
  };
  const tracks = document.objects.map(({ id: objectId }): SavedTrack => {
    const track = document.track(objectId);
    const frames = track.frames();
    const entries = frames.map((one) => track.entryAt(one)!);
    const checks = entries.map((one) => one.checked ?? null);
    return {
      objectId,
      frames,
      masks: entries.map((one) => one.mask),
      areas: entries.map((one) => one.area),
      sources: entries.map((one) => placeOf(one.source)),
      scores: entries.map((one) => one.score ?? null),
      ...(checks.some((one) => one !== null) ? { checks } : {}),
    };
  });
  return { ...document.records(), sources, tracks };
}

/**
 * The document that was written down. Throws a SessionError that names the first thing that is not as it should be.
 */
export function loadDocument(video: VideoFacts, saved: unknown): AnnotationDocument {
  const { sources, tracks, ...records } = parseSavedDocument(saved);
  for (const { objectId, frames } of tracks) {
    const beyond = frames.find((one) => one >= video.frameCount);
    if (beyond !== undefined)
      throw damagedFile(`track ${objectId}, frame ${beyond}: the video has ${video.frameCount} frames`);
  }
  const loaded = new Map(tracks.map((one) => [one.objectId, loadTrack(one, sources)] as const));
  return AnnotationDocument.of(video, records, loaded);
}

function loadTrack(saved: SavedTrack, sources: readonly MaskSource[]): Track {
  const { frames, masks, areas, scores } = saved;
  const checks = saved.checks ?? frames.map(() => null);
  const columns = [masks, areas, saved.sources, scores, checks];
  if (columns.some((one) => one.length !== frames.length))
    throw damagedFile(`the columns of track ${saved.objectId} are not of one length`);
  const loaded = new Track();
  loaded.change(
    frames.map((at, i) => {
      const source = sources[saved.sources[i]!];
      if (!source) throw damagedFile(`track ${saved.objectId}, frame ${at}: there is no such source`);
      const [score, checked] = [scores[i] ?? null, checks[i] ?? null];
      const entry: TrackEntry = {
        mask: masks[i]!,
        source,
        area: areas[i]!,
        ...(score === null ? {} : { score }),
        ...(checked === null ? {} : { checked }),
      };
      return { frame: at, entry };
    }),
  );
  return loaded;
}
