import {type LogTemplates, logMiner} from '../../../analysis/log-templates/log-miner.ts';
import {MkcoaError} from '../../../core/error.ts';
import {inParallel} from '../../../core/in-parallel.ts';
import type {KubeObject} from '../../../core/kube/kube-object.ts';
import {containersOf} from '../../../mcp/kubernetes/model/container-summary.ts';
import type {Cluster, LogQuery} from '../../../mcp/kubernetes/port.ts';

/** A container of a pod. */
type Place = {readonly namespace: string; readonly pod: string; readonly container: string};

/** Logs that are read at once. */
const atOnce = 4;

/** Of one container: about a million lines of a usual length. What is older is left out, and told. */
const mostBytes = 128 * 1024 * 1024;

export type Mined = LogTemplates & {
	readonly lines: number;
	/** Containers, or streams of a store. */
	readonly containers: number;
	readonly notChecked: readonly {readonly what: string; readonly why: string}[];
};

type Reading = {
	readonly cluster: Pick<Cluster, 'logs'>;
	readonly places: readonly Place[];
	readonly sinceSeconds: number;
	readonly previous: boolean;
	readonly signal: AbortSignal;
	/** Told now and then. */
	readonly progress: (lines: number) => void;
};

/** Every container of these pods that may have said something, one of a name where a name is given. */
export const placesIn = (pods: readonly KubeObject[], container: string | undefined): readonly Place[] =>
	pods.flatMap(pod =>
		containersOf(pod)
			.filter(({name, kind}) => (container === undefined ? kind !== 'ephemeral' : name === container))
			.map(({name}) => ({namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: name})),
	);

/** `2026-11-28T06:00:00.123456789Z text`, as the kubelet writes a line. */
function timed(line: string): {readonly text: string; readonly atMs: number | undefined} {
	const end = line.indexOf(' ');
	const atMs = end === -1 ? Number.NaN : Date.parse(line.slice(0, end));
	return Number.isNaN(atMs) ? {text: line, atMs: undefined} : {text: line.slice(end + 1), atMs};
}

/** Lines between two words of progress. */
export const often = 20_000;

/**
 * Reads the logs of many containers and mines their templates while they stream by. A log that does not come costs only itself, and is told.
 * What is read stops at a bound of bytes for each container.
 */
export async function mineLogs({cluster, places, sinceSeconds, previous, signal, progress}: Reading): Promise<Mined> {
	const miner = logMiner();
	const notChecked: {what: string; why: string}[] = [];
	let [lines, containers] = [0, 0];

	async function read({namespace, pod, container}: Place) {
		const source = miner.source();
		let bytes = 0;
		try {
			const query: LogQuery = {namespace, pod, container, previous, timestamps: true, sinceSeconds, limitBytes: mostBytes};
			for await (const line of cluster.logs(query, signal)) {
				const {text, atMs} = timed(line);
				source.add(text, atMs);
				bytes += line.length + 1;
				lines += 1;
				if (lines % often === 0) progress(lines);
			}
			containers += 1;
		} catch (error) {
			if (!(error instanceof MkcoaError) || signal.aborted) throw error;
			const {what, why = what, quoted = ''} = error.trouble;
			const isFirst = previous && quoted.includes('previous terminated container');
			notChecked.push({
				what: `log of ${pod}, container ${container}`,
				why: isFirst ? 'it has not ended before, so there is no run before this one' : why,
			});
		}
		if (bytes >= mostBytes * 0.99)
			notChecked.push({
				what: `the newest lines of ${pod}, container ${container}`,
				why: `only its first ${mostBytes / 2 ** 20} MiB of that time were read`,
			});
	}

	await inParallel(places, read, atOnce);
	return {...miner.templates(), lines, containers, notChecked};
}
