import type {CallToolResult} from '@modelcontextprotocol/client';
import {MkcoaError} from '../../core/error.ts';
import type {Json} from '../../core/json.ts';
import {mapStrings} from '../../core/secrets/map-strings.ts';
import {oneLine} from '../../core/text/one-line.ts';
import {stripControl} from '../../core/text/strip-control.ts';

/** What a call answered, without what no reader sees. Untrusted: fence it. */
export type CalledTool = {readonly text: string; readonly structured?: Json | undefined};

/** @throws MkcoaError `outside-tool-failed` with the server's own words quoted, where it says that the call failed */
export function calledTool(server: string, tool: string, {content, structuredContent, isError}: CallToolResult): CalledTool {
	const text = content.map(blockText).join('\n');
	if (isError === true)
		throw new MkcoaError({
			kind: 'environment',
			code: 'outside-tool-failed',
			what: `${tool} of ${server} answered that it failed`,
			next: 'Read what it says, and correct the input',
			quoted: stripControl(text),
		});
	// The answer came as JSON.
	const structured = structuredContent === undefined ? undefined : mapStrings(structuredContent as Json, stripControl);
	const clean = stripControl(text);
	return structured === undefined ? {text: clean} : {text: repeats(clean, structured) ? '' : clean, structured};
}

type Block = CallToolResult['content'][number];

function blockText(block: Block): string {
	switch (block.type) {
		case 'text':
			return block.text;
		case 'resource_link':
			return `(link: ${oneLine(block.uri)})`;
		case 'resource':
			return 'text' in block.resource ? block.resource.text : `(data that is no text: ${oneLine(block.resource.uri)})`;
		default:
			return `(${oneLine(block.type)}, which is not read)`;
	}
}

/** Servers repeat their structured answer as text, for clients that know no other. */
function repeats(text: string, structured: Json): boolean {
	try {
		return JSON.stringify(JSON.parse(text)) === JSON.stringify(structured);
	} catch {
		return false;
	}
}
