import {MkcoaError} from '../../core/error.ts';
import type {ValueSource} from '../deploy/objects/settings/value-source.ts';

/** Letters that would make a name a part of a longer one. A full stop at the end of a sentence is none. */
const before = /[\w./~\\-]$/;
const after = /^(?:[\w/~\\-]|\.\w)/;

/** Whether a text holds a name by itself. */
function names(said: string, name: string): boolean {
	if (name === '') return false;
	for (let at = said.indexOf(name); at !== -1; at = said.indexOf(name, at + 1))
		if (!before.test(said.slice(0, at)) && !after.test(said.slice(at + name.length))) return true;
	return false;
}

/**
 * Values for a call that a model chose: it reads files and variables that the person named in this conversation, and no others. What a model
 * asks for by itself could be any file of the machine, and the plan that shows it goes back to the model.
 */
export const namedByPerson = (source: ValueSource, said: string): ValueSource => ({
	...source,
	fromEnvironment: name => (names(said, name) ? source.fromEnvironment(name) : refuse(`the variable ${name.slice(0, 100)}`)),
	fromFile: async path => (path !== '-' && names(said, path) ? source.fromFile(path) : refuse(`the file ${path.slice(0, 200)}`)),
});

function refuse(what: string): never {
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-named',
		what: `A model may not read ${what}`,
		why: 'the person did not name it in this conversation',
		next: 'Ask the person to name it',
	});
}
