import {MkcoaError, type Trouble} from '../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {stripControl} from '../../../../core/text/strip-control.ts';

export type StatusCause = {readonly reason: string; readonly message: string; readonly field: string};

/** What the API server said in its `Status` object; empty texts where it said nothing. */
export type Refusal = {
	readonly status: number;
	readonly reason: string;
	readonly message: string;
	readonly causes: readonly StatusCause[];
	/** From the header `Retry-After` or the status's own seconds. */
	readonly retryAfterMs?: number | undefined;
	/** An expired list can go on from here, with what is stored now. */
	readonly continueToken?: string | undefined;
};

/** The server answered, and the answer is no. `refusal` is for code that has to tell cases apart; people read `trouble`. */
export class ApiError extends MkcoaError {
	readonly refusal: Refusal;

	constructor(refusal: Refusal, trouble: Trouble) {
		super(trouble);
		this.refusal = refusal;
	}
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Reads the body of a refused request; bodies that are no Status (a proxy's page, what a service behind the server says) keep their text as the message. */
export function readRefusal(status: number, body: string, retryAfterHeader: string | undefined): Refusal {
	const parsed = parseObject(body);
	const details = isJsonObject(parsed?.details) ? parsed.details : {};
	const metadata = isJsonObject(parsed?.metadata) ? parsed.metadata : {};
	const causes = Array.isArray(details.causes) ? details.causes.filter(isJsonObject) : [];
	const seconds = Number(retryAfterHeader ?? details.retryAfterSeconds);
	const continueToken = text(metadata.continue);
	return {
		status,
		reason: text(parsed?.reason),
		message: parsed?.kind === 'Status' ? withoutObjects(text(parsed.message)) : body.slice(0, 500),
		causes: causes.map(cause => ({reason: text(cause.reason), message: withoutObjects(text(cause.message)), field: text(cause.field)})),
		...(Number.isFinite(seconds) && seconds >= 0 ? {retryAfterMs: seconds * 1000} : {}),
		...(continueToken === '' ? {} : {continueToken}),
	};
}

/**
 * A patch that makes an object invalid is answered with the whole object as a quoted text: nobody reads it, and a Secret's would show what
 * the Secret holds (`patch: Invalid value` in apiserver/pkg/endpoints/handlers/patch.go).
 */
const withoutObjects = (message: string) => message.replace(/Invalid value: "\{(?:[^"\\]|\\.)*(?:"|$)/gs, 'Invalid value: {…}');

function parseObject(body: string): JsonObject | undefined {
	try {
		const value: unknown = JSON.parse(body);
		return isJsonObject(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Others' words on one line: control characters of a terminal have no place in an error text. */
export const plainText = (value: string, length = 500) => stripControl(value).replace(/\s+/g, ' ').trim().slice(0, length);
