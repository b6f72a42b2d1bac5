import {logMiner} from '../../../analysis/log-templates/log-miner.ts';
import type {LogSource} from '../../../analysis/log-templates/log-source.ts';
import {MkcoaError} from '../../../core/error.ts';
import type {Logs} from '../../../mcp/monitoring/logs/port.ts';
import type {Monitoring} from '../../../mcp/monitoring/port.ts';
import {type Mined, often} from './mine-logs.ts';

type Reading = {
	readonly logs: Logs;
	/** In the language of the store. */
	readonly query: string;
	readonly fromMs: number;
	readonly toMs: number;
	readonly signal: AbortSignal;
	/** Told now and then. */
	readonly progress: (lines: number) => void;
};

/** Lines that are read; what is older is left out, and told. */
const mostLines = 1_000_000;
/** Streams whose headers are learned one by one; the rest is read as one. */
const mostStreams = 500;

/** The store of logs. @throws MkcoaError `no-store-of-logs` with why there is none */
export async function demandStore({logs}: Pick<Monitoring, 'logs'>): Promise<Logs> {
	const found = await logs();
	if (found.port !== undefined) return found.port;
	throw new MkcoaError({
		kind: 'environment',
		code: 'no-store-of-logs',
		what: 'There is no store of logs to ask',
		why: found.why,
		next: 'Name Loki or Elasticsearch in monitoring.yaml (see docs/monitoring-servers.md), or leave --query out and read what the pods say',
	});
}

/** Mines the templates of what a store of logs keeps, page by page; each stream of labels is a source of its own. */
export async function mineStore({logs, query, fromMs, toMs, signal, progress}: Reading): Promise<Mined> {
	const miner = logMiner();
	const sources = new Map<string, LogSource>();
	const sourceOf = (labels: object): LogSource => {
		const key = sources.size < mostStreams ? JSON.stringify(labels) : '';
		const source = sources.get(key) ?? miner.source();
		sources.set(key, source);
		return source;
	};
	let lines = 0;
	let isPartial = false;
	for await (const page of logs.pages({query, fromMs, toMs, limit: mostLines, direction: 'forward'})) {
		signal.throwIfAborted();
		isPartial ||= page.partial;
		for (const {labels, text, atMs} of page.lines) {
			sourceOf(labels).add(text, atMs);
			lines += 1;
			if (lines % often === 0) progress(lines);
		}
	}
	const notChecked = [
		...(isPartial ? [{what: 'a part of the lines', why: `a part of ${logs.source} did not answer`}] : []),
		...(lines >= mostLines ? [{what: 'the newest lines', why: `${mostLines} are read at once: take a shorter --since`}] : []),
	];
	return {...miner.templates(), lines, containers: sources.size, notChecked};
}
