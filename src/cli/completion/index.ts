import type { Command } from 'commander';
import { formatNames } from '../../formats';
import { acts } from '../edit';
import { Output } from '../output';
import { WrongUse } from '../wrong-use';
import { bashScript, fishScript, zshScript } from './scripts';
import type { CommandWords } from './scripts';

const examples = `
Examples:
  bash:  $ masklet completion bash > ~/.local/share/bash-completion/completions/masklet
  zsh:   $ masklet completion zsh > "\${fpath[1]}/_masklet"
  fish:  $ masklet completion fish > ~/.config/fish/completions/masklet.fish

The scripts know commands, options, formats and edits as they are in this version, and start nothing while you type.`;

const scripts: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Adds `masklet completion`. */
export function registerCompletionCommand(program: Command): void {
  program
    .command('completion')
    .summary('what a shell needs to complete commands, options, formats and edits')
    .description('Writes a script that has a shell complete this command.')
    .argument('<shell>', 'bash, zsh or fish')
    .option('--json', 'commands and their options, for machines')
    .addHelpText('after', examples)
    .action((shell: string, flags: { readonly json?: boolean }) => {
      const write = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
      if (!write) throw new WrongUse(`There is no script for “${shell}”. There are: bash, zsh, fish.`);
      const words = wordsOf(program);
      new Output(flags).result(words, write(words));
    });
}

/** The commands of commander's table, the program itself first, each with what can follow it. */
function wordsOf(program: Command): CommandWords[] {
  const words: CommandWords[] = [];
  const visit = (command: Command, path: readonly string[]): void => {
    const options = command.options.map((one) => ({
      name: one.long ?? one.short ?? '',
      about: one.description,
      takesValue: one.required || one.optional,
      values: one.long === '--format' ? formatNames() : (one.argChoices ?? []),
    }));
    const edits =
      path.join(' ') === 'edit' ? Object.entries(acts).map(([name, { about }]) => ({ name, about })) : [];
    const subcommands = command.commands.map((one) => ({
      name: one.name(),
      about: one.summary() || one.description(),
    }));
    words.push({ path, options, words: [...subcommands, ...edits] });
    command.commands.forEach((one) => visit(one, [...path, one.name()]));
  };
  visit(program, []);
  return words;
}
