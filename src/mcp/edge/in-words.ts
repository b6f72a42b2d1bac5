import {type CallToolResult, ProtocolError, ProtocolErrorCode} from '@modelcontextprotocol/server';
import {MkcoaError} from '../../core/error.ts';
import {oneLine} from '../../core/text/one-line.ts';

const unforeseen = {
	what: 'The tool failed in a way that mkcoa did not foresee',
	why: undefined,
	next: 'Do the same by a command with --verbose and report what it prints',
};

/** Carries out a call. What is thrown may hold anything: only what mkcoa and the protocol say is told. */
export async function inWords<Result>(call: () => Promise<Result>): Promise<Result | CallToolResult> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof ProtocolError) throw error;
		const {what, why, next} = error instanceof MkcoaError ? error.trouble : unforeseen;
		return {isError: true, content: [{type: 'text', text: [what, why, next].filter(Boolean).join('. ')}]};
	}
}

/** The same for what has no result of its own to say it with. */
export async function inProtocol<Result>(call: () => Promise<Result>): Promise<Result> {
	try {
		return await call();
	} catch (error) {
		if (error instanceof ProtocolError) throw error;
		const {what, next} = error instanceof MkcoaError ? error.trouble : unforeseen;
		throw new ProtocolError(ProtocolErrorCode.InternalError, oneLine([what, next].filter(Boolean).join('. ')));
	}
}
