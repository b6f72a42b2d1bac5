import {JSDOM, type PageElement} from 'jsdom';
import {cardHtml} from '../../src/mcp/edge/card/generated/card-html.ts';

type Message = {
	readonly id?: number;
	readonly method?: string;
	readonly params?: unknown;
	readonly result?: unknown;
	readonly error?: unknown;
};

type Around = {
	/** What a tool that the page calls answers. */
	readonly callTool?: (call: {readonly name: string; readonly arguments: {readonly [field: string]: unknown}}) => Promise<unknown>;
	readonly capabilities?: object;
	readonly theme?: string;
};

/** The card in a page, and a host around it that does what the extension wants of one. */
export async function cardPage({callTool = async () => ({}), capabilities = {serverTools: {}}, theme = 'dark'}: Around = {}) {
	const sent: Message[] = [];
	const errors: unknown[] = [];
	const settled = async () => {
		for (let turn = 0; turn < 5; turn += 1) await new Promise(resolve => setImmediate(resolve));
	};
	const {window} = new JSDOM(cardHtml, {
		runScripts: 'dangerously',
		beforeParse(page) {
			// A page without a frame around it is its own parent: what it posts there is what a host would get.
			Object.defineProperty(page, 'postMessage', {value: (message: Message) => void hear(message).catch(error => errors.push(error))});
		},
	});
	// Not before the page's script has ended: messages come in turns of their own.
	async function hear(message: Message) {
		sent.push(message);
		await Promise.resolve();
		const {id, method, params} = message;
		if (method === 'ui/initialize')
			give({
				id,
				result: {
					protocolVersion: '2026-01-26',
					hostInfo: {name: 'host', version: '1'},
					hostCapabilities: capabilities,
					hostContext: {theme},
				},
			});
		if (method !== 'tools/call') return;
		const answer = await callTool(params as never).then(
			result => ({result}),
			(error: Error) => ({error: {code: -32000, message: error.message}}),
		);
		give({id, ...answer});
	}
	const give = (message: object, source: unknown = window) =>
		window.dispatchEvent(new window.MessageEvent('message', {data: {jsonrpc: '2.0', ...message}, source}));
	const part = (id: string): PageElement => {
		const found = window.document.getElementById(id);
		if (found === null) throw new Error(`no ${id}`);
		return found;
	};
	await settled();
	return {
		window,
		sent,
		errors,
		part,
		give,
		settled,
		async receive(result: unknown) {
			give({method: 'ui/notifications/tool-result', params: result});
			await settled();
		},
		type(id: string, text: string) {
			part(id).value = text;
			part(id).dispatchEvent(new window.Event('input'));
		},
		async press(id: string) {
			part(id).click();
			await settled();
		},
		shown: () => ['plan', 'answer', 'note', 'naming', 'approve', 'choices', 'sure'].filter(id => isShown(part(id))),
	};
}

function isShown(element: PageElement & {readonly parentElement?: PageElement | null}): boolean {
	return !element.hidden && (element.parentElement === null || element.parentElement === undefined || isShown(element.parentElement));
}
