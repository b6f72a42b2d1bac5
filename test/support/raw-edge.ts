/** One request of 2026-07-28 over HTTP, made by hand: a client of the SDK would not send what a liar sends. */
type Raw = {
	readonly url: string;
	readonly token: string;
	readonly method?: string;
	readonly params: {readonly [name: string]: unknown};
	readonly headers?: {readonly [name: string]: string};
	readonly capabilities?: object;
};

export type RawAnswer = {
	readonly status: number;
	readonly result?: {readonly [field: string]: unknown};
	readonly error?: {readonly code: number; readonly message: string};
	/** All of it. */
	readonly text: string;
};

const version = '2026-07-28';

/** What the server answers to it. */
export async function rawCall({url, token, method = 'tools/call', params, headers = {}, capabilities = {elicitation: {form: {}}}}: Raw) {
	const named = typeof params.name === 'string' ? params.name : params.uri;
	const response = await fetch(url, {
		method: 'POST',
		headers: {
			authorization: `Bearer ${token}`,
			'content-type': 'application/json',
			accept: 'application/json, text/event-stream',
			'mcp-protocol-version': version,
			'mcp-method': method,
			...(typeof named === 'string' ? {'mcp-name': named} : {}),
			...headers,
		},
		body: JSON.stringify({
			jsonrpc: '2.0',
			id: 1,
			method,
			params: {
				...params,
				_meta: {
					'io.modelcontextprotocol/protocolVersion': version,
					'io.modelcontextprotocol/clientCapabilities': capabilities,
					'io.modelcontextprotocol/clientInfo': {name: 'liar', version: '1'},
				},
			},
		}),
	});
	return {status: response.status, ...(await answerIn(response))};
}

/** The answer stands alone, or is the last event of a stream. */
async function answerIn(response: Response): Promise<Omit<RawAnswer, 'status'>> {
	const text = await response.text();
	const events = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, data = '']) => data);
	const json = response.headers.get('content-type')?.includes('event-stream') ? (events.at(-1) ?? '{}') : text || '{}';
	return {...JSON.parse(json), text};
}
