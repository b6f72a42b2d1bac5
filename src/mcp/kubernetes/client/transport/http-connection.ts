import type {IncomingHttpHeaders} from 'node:http';
import type {Readable} from 'node:stream';

/** How the connection proves itself and what it believes. All PEM. */
export type TlsOptions = {
	readonly ca?: readonly string[] | undefined;
	readonly cert?: string | undefined;
	readonly key?: string | undefined;
	readonly servername?: string | undefined;
	readonly rejectUnauthorized: boolean;
};

/**
 * `headersMs` counts from the sent request to the first of its answer, `bodyMs` between two parts of the answer. After `freeMs` without a
 * request a socket is closed: what stands between may have forgotten it, and then the next request would wait for nothing.
 */
export type TimeoutsMs = {readonly connectMs: number; readonly headersMs: number; readonly bodyMs: number; readonly freeMs: number};

type HttpRequest = {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	readonly headers: {readonly [name: string]: string | string[]};
	readonly body?: string;
	readonly signal?: AbortSignal;
	/** 0 where the answer may be silent as long as it likes. */
	readonly bodyTimeout?: 0;
};

/** The part of undici's dispatchers that is needed here. */
export type HttpConnection = {
	/** Resolves when the head of the answer is there; the body then rejects its reader when the connection breaks. */
	readonly request: (
		request: HttpRequest,
	) => Promise<{readonly statusCode: number; readonly headers: IncomingHttpHeaders; readonly body: Readable}>;
	/** Lets requests end, and opens no more. */
	readonly close: () => Promise<void>;
	readonly destroy: () => Promise<void>;
};
