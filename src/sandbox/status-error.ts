import type {JsonObject} from '../core/json.ts';

export type StatusCause = {readonly reason: string; readonly message: string; readonly field?: string};

export type StatusDetails = {
	readonly name?: string;
	readonly group?: string;
	readonly kind?: string;
	readonly uid?: string;
	readonly causes?: readonly StatusCause[];
	readonly retryAfterSeconds?: number;
};

/** A refusal of the API server; on the wire it is a `Status` object with the same words. */
export class StatusError extends Error {
	override readonly name = 'StatusError';
	/** HTTP status code. */
	readonly code: number;
	/** Machine-readable, e.g. `NotFound`, `Conflict`, `Invalid`. */
	readonly reason: string;
	readonly details: StatusDetails | undefined;
	/** Of the Status itself: `continue` where a list can go on. */
	readonly metadata: JsonObject;

	constructor(code: number, reason: string, message: string, details?: StatusDetails, metadata: JsonObject = {}) {
		super(message);
		this.code = code;
		this.reason = reason;
		this.details = details;
		this.metadata = metadata;
	}

	/** The body the server answers with. */
	status(): JsonObject {
		return {
			kind: 'Status',
			apiVersion: 'v1',
			metadata: this.metadata,
			status: 'Failure',
			message: this.message,
			...(this.reason === '' ? {} : {reason: this.reason}),
			...(this.details === undefined ? {} : {details: this.details}),
			code: this.code,
		};
	}
}
