/** Who can act: the caller of the command, their credentials, the world around, or we. */
export type TroubleKind = 'usage' | 'auth' | 'environment' | 'bug';

/** A failure as data: what happened, why, and what to do next. Third parties' words stand only in `quoted`, cut to 500 characters. */
export type Trouble = {
	readonly kind: TroubleKind;
	/** Stable word for scripts, such as `unknown-context` or `unreachable`. */
	readonly code: string;
	readonly what: string;
	readonly why?: string | undefined;
	readonly next?: string | undefined;
	readonly quoted?: string | undefined;
	/** Line of the input that is wrong, from 1. */
	readonly line?: number | undefined;
};

/** The one error that mkcoa throws on purpose. Caught once at the terminal and once in `runTool`. */
export class MkcoaError extends Error {
	override readonly name = 'MkcoaError';
	readonly trouble: Trouble;

	constructor(trouble: Trouble, options?: ErrorOptions) {
		super(trouble.why === undefined ? trouble.what : `${trouble.what}: ${trouble.why}`, options);
		this.trouble = {...trouble, ...(trouble.quoted === undefined ? {} : {quoted: trouble.quoted.slice(0, 500)})};
	}
}

/** The cluster's answer that the one who asks has no right to it. */
export const isNotAllowed = (error: unknown): error is MkcoaError => error instanceof MkcoaError && error.trouble.code === 'not-allowed';

/** The object moved between the plan and the write. */
export class DriftError extends Error {
	override readonly name = 'DriftError';
	readonly moved: readonly string[];

	constructor(moved: readonly string[], options?: ErrorOptions) {
		super(moved.join('; '), options);
		this.moved = moved;
	}
}

const systemCalls: {readonly [code: string]: Omit<Trouble, 'quoted'>} = {
	ENOENT: {kind: 'usage', code: 'no-such-file', what: 'A file does not exist', next: 'Check the path'},
	EACCES: {kind: 'environment', code: 'file-not-allowed', what: 'A file may not be opened', next: 'Check its owner and mode'},
	ENOSPC: {kind: 'environment', code: 'disk-full', what: 'The disk is full', next: 'Free some space and run the command again'},
};

/** Why a call was stopped from outside: its time was over, or a person interrupted it. `what` says what became of it. */
export const stopped = (reason: unknown, what: string): Trouble =>
	reason instanceof Error && reason.name === 'TimeoutError'
		? {kind: 'environment', code: 'timed-out', what, why: 'the time given with --timeout is over', next: 'Give it more time'}
		: {kind: 'environment', code: 'cancelled', what, why: 'it was interrupted'};

/** Any thrown value as data. What nobody foresaw is a bug of mkcoa, told as such. */
export function troubleOf(error: unknown): Trouble {
	if (error instanceof MkcoaError) return error.trouble;
	if (!(error instanceof Error))
		return {kind: 'bug', code: 'bug', what: 'Something that is no error was thrown', quoted: String(error).slice(0, 500)};
	if (['TimeoutError', 'AbortError'].includes(error.name)) return stopped(error, 'The call was cancelled before it changed anything');
	const known = 'code' in error && typeof error.code === 'string' ? systemCalls[error.code] : undefined;
	if (known !== undefined) return {...known, quoted: error.message.slice(0, 500)};
	return {
		kind: 'bug',
		code: 'bug',
		what: 'mkcoa failed in a way that it did not foresee',
		next: 'Run the command again with --verbose and report what it prints',
		quoted: error.message.slice(0, 500),
	};
}
