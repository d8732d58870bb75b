#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { registerCompletionCommand } from './completion';
import { registerDoctorCommand } from './doctor';
import { registerEditCommands } from './edit';
import { registerEvaluateCommand } from './evaluate';
import { registerExchangeCommands } from './exchange';
import { registerInfoCommand } from './info';
import { registerJupyterCommands } from './jupyter';
import { registerMergeCommand } from './merge';
import { registerModelCommands } from './models';
import { registerNewCommands } from './new';
import { registerPropagateCommand } from './propagate';
import { registerProviderCommands } from './providers';
import { registerReplayCommand } from './replay';
import { registerSessionCommands } from './session-commands';
import { errorText } from './tell-error';
import { WrongUse } from './wrong-use';

const examples = `
Examples:
  $ masklet new birds.masklet --video birds.mp4 --prompts prompts.json
  $ masklet propagate --session birds.masklet
  $ masklet edit birds.masklet absent object=swan range=120-180
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds
  $ masklet export birds.masklet --format coco --out out
  $ masklet merge birds.masklet fish.masklet --out dataset --split val=fish
  $ masklet replay birds.masklet
  $ masklet evaluate DAVIS --correct 3
  $ masklet models add edgetam
  $ masklet doctor
  $ masklet jupyter install --prefix ~/my-environment

In a notebook: npm start, then import { openVideo, annotate } from "masklet".
Exit codes: 0 done; 1 not done, or not as it should be (the reason is printed); 2 wrong use; 128 and more: ended by a signal.
What each command gives machines with --json, and the rest: docs/command-line.md.`;

/** The program with all its commands. */
function buildProgram(): Command {
  const { version } = require('../../package.json') as { version: string };
  const program = new Command('masklet')
    .description('Annotates video: masks for every frame from a few clicks.')
    .version(version)
    .addHelpText('after', examples)
    .configureOutput({ outputError: tellWrongUse })
    .exitOverride();
  registerNewCommands(program);
  registerPropagateCommand(program);
  registerEditCommands(program);
  registerExchangeCommands(program);
  registerMergeCommand(program);
  registerInfoCommand(program);
  registerSessionCommands(program);
  registerReplayCommand(program);
  registerEvaluateCommand(program);
  registerModelCommands(program);
  registerDoctorCommand(program);
  registerJupyterCommands(program);
  registerProviderCommands(program);
  registerCompletionCommand(program);
  for (const command of program.commands) overrideExit(command);
  return program;
}

function tellWrongUse(text: string, write: (text: string) => void): void {
  const message = text.trim().replace(/^error: /, '');
  write(json ? `${JSON.stringify({ error: { tag: 'command', message, fields: {} } })}\n` : text);
}

function overrideExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach((one) => overrideExit(one));
}

/** True where the command is to speak to a machine. */
const json = process.argv.includes('--json');

async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = error instanceof WrongUse ? 2 : 1;
    const debug = Boolean(process.env['MASKLET_DEBUG']);
    process.stderr.write(errorText(error, { json, debug }));
  }
}

void main();
