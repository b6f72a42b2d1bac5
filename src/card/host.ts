/** What a host sends and is sent: JSON-RPC 2.0 by `postMessage`, as the extension MCP Apps has it. */
type Message = {
	readonly jsonrpc: '2.0';
	readonly id?: number | string;
	readonly method?: string;
	readonly params?: unknown;
	readonly result?: unknown;
	readonly error?: {readonly message?: unknown};
};

export type Host = {
	/** Rejects with the host's refusal. */
	readonly ask: (method: string, params: object) => Promise<unknown>;
	readonly tell: (method: string, params: object) => void;
};

/** The program around the page, through the one window that it talks with. `hear` is told of what the host says by itself. */
export function hostAround(hear: (method: string, params: unknown) => void): Host {
	const open = new Map<number, {readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void}>();
	let asked = 0;
	// The host's origin is nobody's to know from in here; what is sent holds nothing that it does not have.
	const send = (message: object) => window.parent.postMessage({jsonrpc: '2.0', ...message}, '*');

	window.addEventListener('message', ({source, data}: MessageEvent<unknown>) => {
		if (source !== window.parent || Object(data).jsonrpc !== '2.0') return;
		// The fields are looked at one by one below.
		const {id, method, params, result, error} = data as Message;
		if (typeof method === 'string') {
			if (id === undefined) hear(method, params);
			else if (method === 'ping' || method === 'ui/resource-teardown') send({id, result: {}});
			else send({id, error: {code: -32601, message: 'This page has no such method'}});
			return;
		}
		const waiting = typeof id === 'number' ? open.get(id) : undefined;
		if (waiting === undefined || typeof id !== 'number') return;
		open.delete(id);
		if (error === undefined) waiting.resolve(result);
		else waiting.reject(new Error(typeof error.message === 'string' ? error.message : 'The host refused'));
	});

	return {
		ask(method, params) {
			asked += 1;
			const id = asked;
			return new Promise((resolve, reject) => {
				open.set(id, {resolve, reject});
				send({id, method, params});
			});
		},
		tell: (method, params) => send({method, params}),
	};
}
