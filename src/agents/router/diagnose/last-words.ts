import {MkcoaError} from '../../../core/error.ts';
import {plainLine} from '../../../mcp/kubernetes/model/untrusted-text.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';

/** What a container said last; `origin` is `pod shop/web-1, container web`. */
export type LastWords = {readonly origin: string; readonly lines: readonly string[]};

/** More containers than this are not read. */
const mostContainers = 2;
const mostLines = 8;

/** What containers said before they ended: the run before, or the present one where that has no log. */
export async function lastWords(
	containers: readonly {readonly pod: string; readonly container: string}[],
	namespace: string,
	cluster: Pick<Cluster, 'logs'>,
	signal: AbortSignal = new AbortController().signal,
): Promise<readonly LastWords[]> {
	const read: LastWords[] = [];
	for (const {pod, container} of containers.slice(0, mostContainers)) {
		const query = {namespace, pod, container};
		const lines = (await tail({...query, previous: true}, cluster, signal)) ?? (await tail({...query, previous: false}, cluster, signal));
		if (lines !== undefined) read.push({origin: `pod ${namespace}/${pod}, container ${container}`, lines});
	}
	return read;
}

async function tail(
	query: {readonly namespace: string; readonly pod: string; readonly container: string; readonly previous: boolean},
	cluster: Pick<Cluster, 'logs'>,
	signal: AbortSignal,
) {
	const lines: string[] = [];
	try {
		for await (const line of cluster.logs({...query, tailLines: mostLines, limitBytes: 32_768}, signal)) lines.push(plainLine(line, 300));
	} catch (error) {
		// A container that never ran has no log; the diagnosis goes on without.
		if (!(error instanceof MkcoaError)) throw error;
	}
	return lines.length === 0 ? undefined : lines.slice(-mostLines);
}
