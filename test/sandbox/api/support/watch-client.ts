import {onTestFinished} from 'vitest';
import type {SandboxApi} from '../../../../src/sandbox/api/start-sandbox-api.ts';

/** One line of a watch, shortened to what tests compare. */
export type Seen = {
	readonly type: string;
	readonly object: {readonly kind: string; readonly metadata: {readonly [key: string]: unknown}; readonly [key: string]: unknown};
};

/** Opens a watch; `next(n)` waits for n more events, `end` for the end of the stream. */
export async function openWatch(api: SandboxApi, path: string) {
	const stop = new AbortController();
	onTestFinished(() => stop.abort());
	const response = await fetch(`${api.url}${path}`, {headers: {authorization: 'Bearer admin'}, signal: stop.signal});
	const lines = response.body?.pipeThrough(new TextDecoderStream()).getReader();
	let buffer = '';
	const nextLine = async (): Promise<string | undefined> => {
		while (!buffer.includes('\n')) {
			const chunk = await lines?.read();
			if (chunk === undefined || chunk.done) return undefined;
			buffer += chunk.value;
		}
		const end = buffer.indexOf('\n');
		const line = buffer.slice(0, end);
		buffer = buffer.slice(end + 1);
		return line;
	};
	return {
		status: response.status,
		async next(count: number): Promise<readonly Seen[]> {
			const seen: Seen[] = [];
			while (seen.length < count) {
				const line = await nextLine();
				if (line === undefined) throw new Error(`the watch ended after ${seen.length} of ${count} events`);
				seen.push(JSON.parse(line));
			}
			return seen;
		},
		/** Whether the stream has ended without another event. */
		end: async () => (await nextLine()) === undefined,
	};
}

export const short = (events: readonly Seen[]) => events.map(({type, object}) => `${type} ${String(object.metadata.name)}`);
