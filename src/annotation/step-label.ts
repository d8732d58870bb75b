import type { Edit } from './edits';

/** What an edit is called on the button that undoes it. */
export function stepLabel(edit: Edit): string {
  switch (edit.kind) {
    case 'together': {
      const all = [...new Set(edit.edits.map(stepLabel))];
      // A class that is made along the way is not what the step is for.
      const others = all.filter((one) => one !== words['add-class']);
      const labels = others.length > 0 ? others : all;
      return labels.length === 1 ? labels[0]! : (labels.find((one) => one.startsWith('Add')) ?? 'Change');
    }
    case 'add-prompt':
    case 'change-prompt':
      return `${edit.kind === 'add-prompt' ? 'Add' : 'Move'} ${edit.prompt.kind}`;
    case 'change-object':
      return 'name' in edit.patch
        ? 'Rename object'
        : 'hidden' in edit.patch
          ? 'Hide or show'
          : 'Change object';
    case 'set-feature':
      return edit.change ? 'Set feature' : 'Clear feature';
    case 'set-barrier':
      return edit.on ? 'Lock frame' : 'Unlock frame';
    case 'set-track':
      return 'Change masks';
    case 'set-seam':
      return 'Note seam';
    case 'set-accepted':
      return edit.of === null ? 'Raise alarm again' : 'Accept alarm';
    default:
      return words[edit.kind];
  }
}

const words = {
  'add-class': 'Add class',
  'change-class': 'Rename class',
  'remove-class': 'Remove class',
  'add-object': 'Add object',
  'move-object': 'Move object in the list',
  'remove-object': 'Remove object',
  'remove-prompt': 'Remove prompt',
  'add-feature': 'Add feature',
  'change-feature': 'Change feature',
  'remove-feature': 'Remove feature',
  'add-lock': 'Lock range',
  'remove-lock': 'Unlock range',
  'add-absence': 'Mark absent',
  'remove-absence': 'Mark present',
  'change-settings': 'Change settings',
  'add-run': 'Propagate',
  'remove-run': 'Take a run back',
  'set-carried': 'Propagate',
  'set-checks': 'Check',
} as const;
