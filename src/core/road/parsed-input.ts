import {MkcoaError} from '../error.ts';
import type {AnyTool} from '../tool.ts';

/** What a tool works on, with its defaults. @throws `bad-input` with the field and what was expected */
export function parsedInput<Ports>(tool: AnyTool<Ports>, input: unknown): unknown {
	const result = tool.input.safeParse(input);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-input',
		what: `The value of ${issue?.path.join('.') || 'the input'} does not fit`,
		why: issue?.message ?? 'it has another shape',
		next: `See mkcoa ${tool.command.join(' ')} --help`,
	});
}
