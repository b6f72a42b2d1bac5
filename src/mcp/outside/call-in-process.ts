import {Client, InMemoryTransport, ProtocolError, type Transport} from '@modelcontextprotocol/client';
import {MkcoaError} from '../../core/error.ts';
import type {Json, JsonObject} from '../../core/json.ts';
import {stripControl} from '../../core/text/strip-control.ts';

type Call = {readonly name: string; readonly input: JsonObject; readonly signal: AbortSignal};
type Answer = {readonly text: string; readonly structured: Json | undefined; readonly isError: boolean};

/** A call may be as long as the longest time that a timer knows, 24 days. */
const longestMs = 2 ** 31 - 1;

/**
 * Calls a tool of a server in this process as a client from outside would, which can be asked nothing.
 * @param serve joins the server with its end
 * @throws MkcoaError `call-refused` with the server's words where it takes the call for none
 */
export async function callInProcess(serve: (transport: Transport) => Promise<void>, {name, input, signal}: Call): Promise<Answer> {
	const [mine, its] = InMemoryTransport.createLinkedPair();
	const client = new Client({name: 'mkcoa mcp call', version: '1'}, {capabilities: {}});
	try {
		await serve(its);
		await client.connect(mine);
		const {content, structuredContent, isError} = await client.callTool({name, arguments: {...input}}, {timeout: longestMs, signal});
		const text = content
			.map(block => (block.type === 'text' ? block.text : block.type === 'resource_link' ? `(rest: ${block.uri})` : ''))
			.join('\n');
		// What came back is JSON.
		return {text, structured: structuredContent as Json | undefined, isError: isError === true};
	} catch (error) {
		if (!(error instanceof ProtocolError)) throw error;
		throw new MkcoaError(
			{
				kind: 'usage',
				code: 'call-refused',
				what: 'The call was refused',
				next: 'See the tools with: mkcoa mcp call tool_search --input \'{"query": "…"}\'',
				quoted: stripControl(error.message),
			},
			{cause: error},
		);
	} finally {
		await client.close();
	}
}
