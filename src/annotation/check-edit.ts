import { EditError } from '../errors';
import type { Edit } from './edits';
import type { ClassRecord, ObjectRecord, PromptRecord, VideoFacts } from './records';

const kept = 'Nothing was changed.';

/** What an edit is checked against. */
export interface CheckedDocument {
  readonly video: VideoFacts;
  readonly classes: readonly ClassRecord[];
  readonly objects: readonly ObjectRecord[];
  readonly prompts: readonly PromptRecord[];
  object(id: string): ObjectRecord;
}

/** Throws an EditError that says what does not fit, before anything is changed. */
export function checkEdit(document: CheckedDocument, edit: Edit): void {
  switch (edit.kind) {
    case 'add-class':
      if (document.classes.some((one) => one.name === edit.class.name || one.id === edit.class.id))
        throw new EditError(`There is a class named “${edit.class.name}” already. ${kept}`);
      return checkName(edit.class.name, 'A class');
    case 'change-class':
      requireClass(document, edit.classId);
      return checkName(edit.name, 'A class');
    case 'remove-class':
      return requireClass(document, edit.classId);
    case 'add-object':
      return checkNewObject(document, edit.object);
    case 'change-object':
      document.object(edit.objectId);
      if (edit.patch.name !== undefined) checkName(edit.patch.name, 'An object');
      if (edit.patch.color !== undefined) checkColor(edit.patch.color);
      if (typeof edit.patch.classId === 'string') requireClass(document, edit.patch.classId);
      return;
    case 'remove-object':
    case 'set-track':
      document.object(edit.objectId);
      if (edit.kind === 'set-track') for (const { frame } of edit.changes) checkFrame(document.video, frame);
      return;
    case 'add-prompt':
      if (document.prompts.some((one) => one.id === edit.prompt.id))
        throw new EditError(`There is a prompt with the id ${edit.prompt.id} already. ${kept}`);
      document.object(edit.prompt.objectId);
      return checkPrompt(document.video, edit.prompt);
    case 'change-prompt':
      requirePrompt(document, edit.prompt.id);
      document.object(edit.prompt.objectId);
      return checkPrompt(document.video, edit.prompt);
    case 'remove-prompt':
      return requirePrompt(document, edit.promptId);
    case 'together':
      return;
  }
}

function checkName(name: string, what: string): void {
  if (name.trim() === '') throw new EditError(`${what} needs a name. ${kept}`);
}

function checkColor(color: string): void {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new EditError(`“${color}” is not a colour of the form #rrggbb. ${kept}`, { color });
}

function checkNewObject(document: CheckedDocument, object: ObjectRecord): void {
  checkName(object.name, 'An object');
  checkColor(object.color);
  if (document.objects.some((one) => one.id === object.id))
    throw new EditError(`There is an object with the id ${object.id} already. ${kept}`);
  if (document.objects.some((one) => one.number === object.number))
    throw new EditError(`Object number ${object.number} is taken. ${kept}`);
  if (!Number.isInteger(object.number) || object.number < 1)
    throw new EditError(`An object's number is a whole number from 1, not ${object.number}. ${kept}`);
  if (object.classId !== null) requireClass(document, object.classId);
}

function requireClass(document: CheckedDocument, id: string): void {
  if (!document.classes.some((one) => one.id === id))
    throw new EditError(`There is no class with the id ${id}; it may have been removed. ${kept}`, { id });
}

function requirePrompt(document: CheckedDocument, id: string): void {
  if (!document.prompts.some((one) => one.id === id))
    throw new EditError(`There is no prompt with the id ${id}; it may have been removed. ${kept}`, { id });
}

function checkFrame(video: VideoFacts, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < video.frameCount) return;
  throw new EditError(
    `There is no frame ${frame}: “${video.name}” has frames 0 to ${video.frameCount - 1}. ${kept}`,
    { frame },
  );
}

function checkPrompt(video: VideoFacts, prompt: PromptRecord): void {
  checkFrame(video, prompt.frame);
  if (prompt.kind === 'point') checkInside(video, prompt.x, prompt.y);
  if (prompt.kind === 'box') {
    checkInside(video, prompt.x0, prompt.y0);
    checkInside(video, prompt.x1, prompt.y1);
    if (prompt.x1 < prompt.x0 || prompt.y1 < prompt.y0)
      throw new EditError(
        `A box is [x0, y0, x1, y1] with x0 ≤ x1 and y0 ≤ y1, not [${prompt.x0}, ${prompt.y0}, ${prompt.x1}, ${prompt.y1}]. ${kept}`,
      );
  }
}

function checkInside(video: VideoFacts, x: number, y: number): void {
  // A pixel's centre is at whole numbers, so the picture reaches from -0.5 to width - 0.5.
  if (x >= -0.5 && y >= -0.5 && x <= video.width - 0.5 && y <= video.height - 0.5) return;
  throw new EditError(
    `(${x}, ${y}) lies outside the picture, which is ${video.width} × ${video.height} pixels. ${kept}`,
    { x, y },
  );
}
