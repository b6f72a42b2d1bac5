import type {LogQuery} from '../../port.ts';
import type {Transport} from '../transport/transport.ts';
import {splitLines} from './split-lines.ts';

const longestLineBytes = 16 * 1024;

/** Lines of a container's log as they come. A line beyond 16 KiB is cut and ends in `…`. Ends quietly when the signal aborts. */
export async function* readLogs(transport: Transport, query: LogQuery, signal: AbortSignal): AsyncIterable<string> {
	const {namespace, pod, ...options} = query;
	try {
		const chunks = await transport.stream({
			method: 'GET',
			path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`,
			query: options,
			accept: '*/*',
			changes: false,
			about: {verb: 'get', resource: 'pods', subresource: 'log', namespace, name: pod},
			signal,
		});
		for await (const {text, cut} of splitLines(chunks, longestLineBytes - 3)) yield cut ? `${text}…` : text;
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
