/** One request to an address that no kubeconfig names. Rejects with the error of the network. */
export type Send = (request: {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'POST';
	readonly headers: {readonly [name: string]: string};
	readonly body?: string;
	readonly signal: AbortSignal;
}) => Promise<{readonly statusCode: number; readonly body: AsyncIterable<Uint8Array>}>;
