import {MkcoaError} from '../../core/error.ts';
import type {FoundRemedy} from '../../core/finding.ts';
import type {AnyOutcome} from '../../core/outcome.ts';
import {toolNamed} from '../tool-groups.ts';
import {changeOnScreen} from './change-on-screen.ts';
import type {Around} from './screen.ts';

/** The plan of a remedy for review, and what comes of it. Undefined where the person left before its end. */
export async function planRemedy({tool: name, input, text}: FoundRemedy, around: Around): Promise<AnyOutcome | undefined> {
	const [session, tool] = await Promise.all([around.session(), toolNamed(name)]);
	if (tool === undefined || tool.effect === 'read')
		throw new MkcoaError({
			kind: 'bug',
			code: 'unknown-tool',
			what: `The remedy needs the tool ${name}, which changes nothing here`,
			next: 'Report this',
		});
	return changeOnScreen({title: text, tool: name, input: session.redact(input), run: change => session.run(tool, input, change)}, around);
}
