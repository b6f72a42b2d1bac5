/** One request to a server of monitoring. Rejects with the error of the network, whose `code` says what it was. */
export type Send = (request: {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	readonly headers: {readonly [name: string]: string};
	readonly body?: string;
	readonly signal: AbortSignal;
}) => Promise<{
	readonly statusCode: number;
	readonly headers: {readonly [name: string]: string | readonly string[] | undefined};
	readonly body: AsyncIterable<Uint8Array>;
}>;
