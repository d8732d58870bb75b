#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { isMaskletError } from '../errors';
import { registerDoctorCommand } from './doctor';
import { registerEvaluateCommand } from './evaluate';
import { registerExchangeCommands } from './exchange';
import { registerJupyterCommands } from './jupyter';
import { registerModelCommands } from './models';
import { registerPropagateCommand } from './propagate';
import { registerProviderCommands } from './providers';
import { registerReplayCommand } from './replay';

const examples = `
Examples:
  $ masklet propagate birds.mp4 --prompts prompts.json --out birds
  $ masklet export birds.masklet --format coco --out out
  $ masklet replay birds.masklet
  $ masklet evaluate DAVIS --correct 3
  $ masklet models add edgetam
  $ masklet doctor
  $ masklet jupyter install --prefix ~/my-environment

In a notebook: npm start, then import { openVideo, annotate } from "masklet".
Exit codes: 0 done, 1 not done (the reason is printed), 2 wrong use of the command.`;

/** The program with all its commands. */
function buildProgram(): Command {
  const { version } = require('../../package.json') as { version: string };
  const program = new Command('masklet')
    .description('Annotates video: masks for every frame from a few clicks.')
    .version(version)
    .addHelpText('after', examples)
    .exitOverride();
  registerPropagateCommand(program);
  registerExchangeCommands(program);
  registerReplayCommand(program);
  registerEvaluateCommand(program);
  registerModelCommands(program);
  registerDoctorCommand(program);
  registerJupyterCommands(program);
  registerProviderCommands(program);
  for (const command of program.commands) overrideExit(command);
  return program;
}

function overrideExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach((one) => overrideExit(one));
}

async function main(): Promise<void> {
  try {
    await buildProgram().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = 1;
    const known = isMaskletError(error);
    if (process.env['MASKLET_DEBUG'] || !known) console.error(error);
    else process.stderr.write(`${error.message}\n`);
  }
}

void main();
