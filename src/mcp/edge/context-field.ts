import * as z from 'zod';
import {MkcoaError} from '../../core/error.ts';
import type {JsonObject} from '../../core/json.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {shortLine} from '../../core/text/short-line.ts';

/** The field by which a call names its cluster. Which names there are is told once, in the instructions, and not by every tool. */
export const contextField: JsonObject = {type: 'string'};

/**
 * The context that a call names, and its input without it. Where none may be named it is refused: nobody may take one cluster for another.
 * @param contexts that may be named
 * @throws MkcoaError `one-context`, or `unknown-context` that names the nearest
 */
export function contextOf(
	input: JsonObject,
	contexts: readonly string[],
): {readonly context: string | undefined; readonly input: JsonObject} {
	if (input.context === undefined) return {context: undefined, input};
	const {context, ...rest} = input;
	if (contexts.length === 0) throw oneOnly();
	const named = z.enum(contexts).safeParse(context);
	if (named.success) return {context: named.data, input: rest};
	const said = shortLine(String(context), 100);
	const near = nearestNames(said, contexts);
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-context',
		what: `No context ${JSON.stringify(said)} is served here`,
		next: near.length > 0 ? `The nearest are ${near.join(', ')}` : `Name one of ${someOf(contexts)}, or none`,
	});
}

const oneOnly = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'one-context',
		what: 'This server serves one context, and a call names none',
		next: 'Leave context out, or let a person start mkcoa mcp serve with --contexts',
	});

const mostNamed = 20;

/** Names for a sentence. */
export const someOf = (names: readonly string[]): string =>
	names.length > mostNamed
		? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} more (contexts_list)`
		: names.join(', ');
