import {
	MissingRequiredClientCapabilityError,
	ProtocolError,
	SdkError,
	SdkErrorCode,
	SdkHttpError,
	UnauthorizedError,
} from '@modelcontextprotocol/client';
import {MkcoaError, stopped, type Trouble} from '../../core/error.ts';
import {stripControl} from '../../core/text/strip-control.ts';
import {entryText, type ServerEntry} from './server-entry.ts';

type Failing = {
	readonly name: string;
	readonly entry: ServerEntry;
	readonly error: unknown;
	/** End of what a program wrote to its error output. */
	readonly lastWords: string;
	/** The connection is over. */
	readonly hasEnded: boolean;
	/** Whoever asked gave up. */
	readonly aborted: boolean;
};

/** What went wrong with a server, in words of mkcoa; its own stand in `quoted` alone. */
export function troubleWith(failing: Failing): MkcoaError {
	const {name, entry, error, lastWords, aborted} = failing;
	const own = mkcoaErrorIn(error);
	if (own !== undefined) return own;
	if (aborted) return new MkcoaError(stopped(error, `The MCP server ${name} was not waited for`), {cause: error});
	const kind = kindOf(failing);
	const {quotes, ...trouble} = troubles[kind]({name, is: entryText(entry)});
	const said = stripControl(lastWords || lastMessage(error));
	return new MkcoaError(
		{kind: 'environment', code: `outside-${kind}`, ...trouble, ...(quotes === false ? {} : {quoted: said})},
		{cause: error},
	);
}

type Kind = 'sign-in' | 'program-missing' | 'slow' | 'asks' | 'flood' | 'nonsense' | 'refused' | 'unreachable' | 'ended' | 'failed';

function kindOf({entry, error, hasEnded}: Failing): Kind {
	const code = error instanceof SdkError ? error.code : undefined;
	const isProgram = !('url' in entry);
	if (error instanceof UnauthorizedError || code === SdkErrorCode.ClientHttpAuthentication) return 'sign-in';
	if (isProgram && error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'program-missing';
	if (code === SdkErrorCode.RequestTimeout || (error instanceof Error && error.name === 'TimeoutError')) return 'slow';
	if (code === SdkErrorCode.UnsupportedResultType || error instanceof MissingRequiredClientCapabilityError) return 'asks';
	if (code === SdkErrorCode.ListPaginationExceeded) return 'flood';
	if (code === SdkErrorCode.InvalidResult) return 'nonsense';
	if (error instanceof ProtocolError) return 'refused';
	if (!isProgram) return error instanceof SdkHttpError ? 'failed' : 'unreachable';
	const isOver = code === SdkErrorCode.ConnectionClosed || code === SdkErrorCode.NotConnected || code === SdkErrorCode.SendFailed;
	return hasEnded || isOver ? 'ended' : 'failed';
}

type About = {readonly name: string; readonly is: string};
type Told = Pick<Trouble, 'what' | 'why' | 'next'> & {
	readonly kind?: Trouble['kind'];
	/** Whether words of the server say more. */
	readonly quotes?: false;
};

const troubles: {readonly [kind in Kind]: (about: About) => Told} = {
	'sign-in': ({name}) => ({
		kind: 'auth',
		what: `The MCP server ${name} wants you to sign in`,
		next: `Sign in with: mkcoa mcp add ${name}`,
		quotes: false,
	}),
	'program-missing': ({name, is}) => ({
		what: `The MCP server ${name} cannot be started`,
		why: `${is.split(' ', 1)[0]} is not installed, or not in PATH`,
		next: 'Install it, or add the server again with its whole path',
		quotes: false,
	}),
	slow: ({name, is}) => ({
		what: `The MCP server ${name} did not answer in time`,
		next: `Try again, or see whether it works at all: ${is}`,
	}),
	asks: ({name}) => ({
		what: `The MCP server ${name} asked for something in the middle of a call`,
		why: 'mkcoa lets no third party question you or your model',
		next: 'Call a tool of it that needs no answer',
		quotes: false,
	}),
	flood: ({name}) => ({
		what: `The list of tools of ${name} has no end`,
		next: `Remove it with: mkcoa mcp remove ${name}`,
		quotes: false,
	}),
	nonsense: ({name}) => ({what: `The MCP server ${name} answered what is no answer`, next: 'Report it to whoever makes it'}),
	refused: ({name}) => ({what: `The MCP server ${name} refused the request`, next: 'Read what it says, and ask otherwise'}),
	unreachable: ({name, is}) => ({
		what: `The MCP server ${name} cannot be reached`,
		next: `See that ${is} is its address, and that it runs`,
	}),
	ended: ({name, is}) => ({what: `The MCP server ${name} ended`, next: `See what it says when it is started by hand: ${is}`}),
	failed: ({name, is}) => ({
		what: `The MCP server ${name} cannot be used`,
		next: `See that it is an MCP server, and that it runs: ${is}`,
	}),
};

const causesOf = (error: unknown): readonly unknown[] => {
	const all: unknown[] = [];
	for (let each = error; each instanceof Error && all.length < 8; each = each.cause) all.push(each);
	return all;
};

/** Why it failed at the bottom: what carried it says only that it did. */
const lastMessage = (error: unknown): string => {
	const last = causesOf(error).at(-1);
	return last instanceof Error ? last.message : String(error);
};

/** A refusal of ours may come wrapped by what carried it. */
const mkcoaErrorIn = (error: unknown): MkcoaError | undefined => causesOf(error).find(each => each instanceof MkcoaError);
