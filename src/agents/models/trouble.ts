import {MkcoaError, type Trouble} from '../../core/error.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {AnswerFailure} from './answer-failure.ts';
import type {Endpoint} from './endpoint.ts';

/** What went wrong, as far as a person or a retry can act on it. */
export type Cause =
	| 'no-credit'
	| 'key-refused'
	| 'unknown'
	| 'too-long'
	| 'overloaded'
	| 'request-refused'
	| 'unreachable'
	| 'broken'
	| 'slow'
	| 'nonsense';

/** By the providers' codes, before the status: the same status means different things. The text is looked at only where a code is missing. */
const rules: readonly {readonly cause: Cause; readonly is: (failure: AnswerFailure) => boolean}[] = [
	{
		cause: 'no-credit',
		is: ({status, words, message}) =>
			status === 402 ||
			/billing|insufficient_quota|credit_balance|perday/.test(words) ||
			/credit balance is too low|prepayment credits are depleted/i.test(message),
	},
	{
		cause: 'key-refused',
		is: ({status, words}) => [401, 403].includes(status) || /api_key_invalid|invalid_api_key|authentication_error/.test(words),
	},
	{
		cause: 'too-long',
		is: ({status, words, message}) =>
			status === 413 ||
			/context_length_exceeded|request_too_large/.test(words) ||
			/prompt is too long|exceeds the maximum number of tokens|context (length|window)/i.test(message),
	},
	{cause: 'unknown', is: ({status, words}) => status === 404 || /model_not_found/.test(words)},
	{
		cause: 'overloaded',
		is: ({status, words}) =>
			[429, 500, 502, 503, 504, 529].includes(status) || /overloaded|rate_limit|api_error|server_error|unavailable/.test(words),
	},
	{cause: 'nonsense', is: ({status}) => status > 0 && status < 300},
	{cause: 'request-refused', is: ({status}) => status >= 300},
];

/** @param begun whether a stream had begun, so that its end is a break */
export function causeOf(error: unknown, begun: boolean): Cause {
	if (error instanceof AnswerFailure) return rules.find(({is}) => is(error))?.cause ?? 'broken';
	return begun ? 'broken' : 'unreachable';
}

type Told = Pick<Trouble, 'kind' | 'what' | 'next'>;

const another = 'choose another one with --model';

function told(cause: Cause, {name, model, baseUrl, keyFrom = 'its key'}: Endpoint): Told {
	const server = new URL(baseUrl).host;
	const reach = `Check the network and the base URL ${baseUrl}, or ${another}`;
	switch (cause) {
		case 'no-credit':
			return {kind: 'environment', what: `${name} has no credit left`, next: `Add credit to the account of ${keyFrom}, or ${another}`};
		case 'key-refused':
			return {kind: 'auth', what: `${server} refused the key for ${name}`, next: `Check ${keyFrom} and what it may use, or ${another}`};
		case 'unknown':
			return {
				kind: 'usage',
				what: `${server} does not know the model '${model}'`,
				next: `Check its name and the base URL ${baseUrl}, or ${another}`,
			};
		case 'too-long':
			return {kind: 'environment', what: `The conversation is too long for ${name}`, next: 'Begin a new one, or ask for less at once'};
		case 'overloaded':
			return {kind: 'environment', what: `${name} is overloaded`, next: `Wait a minute and ask again, or ${another}`};
		case 'request-refused':
			return {
				kind: 'environment',
				what: `${server} did not accept the request for ${name}`,
				next: `Check that ${name} takes tools, or ${another}`,
			};
		case 'unreachable':
			return {kind: 'environment', what: `${name} cannot be reached`, next: reach};
		case 'broken':
			return {kind: 'environment', what: `The answer of ${name} broke off`, next: 'Ask again; nothing was changed by the half answer'};
		case 'slow':
			return {kind: 'environment', what: `${name} was silent for too long`, next: `Ask again, or ${another}`};
		case 'nonsense':
			return {kind: 'environment', what: `${server} answered something that is no answer of a model`, next: reach};
	}
}

/** The failure for a person: one sentence and what to do. The server's own words stand in `quoted`. */
export function modelTrouble(cause: Cause, endpoint: Endpoint, error: unknown): MkcoaError {
	const words = error instanceof Error ? reasonOf(error) : '';
	const quoted = oneLine(words).trim();
	return new MkcoaError({...told(cause, endpoint), code: `model-${cause}`, ...(quoted === '' ? {} : {quoted})}, {cause: error});
}

/** `fetch failed` says nothing; the innermost cause does. */
function reasonOf(error: Error): string {
	const inner = error instanceof AnswerFailure ? undefined : error.cause;
	return (inner instanceof Error ? reasonOf(inner) : '') || error.message;
}
