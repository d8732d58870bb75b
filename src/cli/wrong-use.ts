import { CommandError } from '../errors';

/** A command that was used wrongly: it ends with 2, as for an option that there is not. */
export class WrongUse extends CommandError {
  constructor(message: string) {
    super(message);
    this.name = 'WrongUse';
  }
}
