import * as z from 'zod';
import {sinceText} from '../../../core/text/age.ts';
import {count} from '../../../core/text/count.ts';
import {shortLine} from '../../../core/text/short-line.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import {demandMetrics} from '../demand-server.ts';
import {shortLabels} from '../model/labels-text.ts';
import type {ScrapeTarget} from '../port.ts';
import {command, limitField, type OnMonitoring, readOnly, searchField} from '../tool-input.ts';

const mostLetters = 300;

const output = z.object({
	context: z.string(),
	source: z.string(),
	counts: z.object({up: z.number(), down: z.number(), unknown: z.number()}),
	rows: z.array(
		z.object({
			pool: z.string(),
			url: z.string(),
			health: z.string(),
			labels: z.record(z.string(), z.string()),
			interval: z.string(),
			/** Missing where it was never scraped. */
			lastScrape: z.iso.datetime().optional(),
			seconds: z.number(),
			error: z.string().optional(),
		}),
	),
	leftOut: z.number(),
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];

export const prometheusTargets = readTool({
	name: 'prometheus_targets',
	summary: 'Shows what Prometheus scrapes, what is down and why first',
	effect: 'read',
	annotations: readOnly,
	command: command('targets'),
	positionals: ['search'],
	input: z.object({
		search: searchField,
		health: z.enum(['up', 'down', 'unknown']).optional().describe('Targets of this health alone'),
		limit: limitField(30),
	}),
	output,
	async run({search, health, limit}, {ports}: OnMonitoring): Promise<Output> {
		const {context} = await ports.cluster.target(undefined);
		const metrics = await demandMetrics(ports.monitoring);
		const all = await metrics.targets();
		const wanted = search?.toLowerCase() ?? '';
		const fitting = all
			.filter(target => `${target.pool} ${target.url}`.toLowerCase().includes(wanted) && (health === undefined || target.health === health))
			.toSorted((a, b) => rank(a) - rank(b) || b.durationSeconds - a.durationSeconds);
		const rows = fitting.slice(0, limit).map(toldTarget);
		const counted = (of: string) => all.filter(target => target.health === of).length;
		return {
			...{context, source: metrics.source, rows, leftOut: fitting.length - rows.length},
			counts: {up: counted('up'), down: counted('down'), unknown: counted('unknown')},
		};
	},
	text: targetsText,
});

const rank = ({health}: ScrapeTarget) => ['down', 'unknown', 'up'].indexOf(health);

const toldTarget = ({pool, url, health, labels, interval, lastScrapeMs, durationSeconds, lastError}: ScrapeTarget): Row => ({
	...{pool, url: shortLine(url, mostLetters), health, labels: shortLabels(labels), interval, seconds: durationSeconds},
	// Zero of Go's time is long before 1970.
	...(lastScrapeMs > 0 ? {lastScrape: new Date(lastScrapeMs).toISOString()} : {}),
	...(lastError === '' ? {} : {error: shortLine(lastError, mostLetters)}),
});

function targetsText({context, source, counts, rows, leftOut}: Output, view: View): string {
	const {up, down, unknown} = counts;
	const head = `${count(up + down + unknown, 'target')} of ${context}, ${down} down, by ${source}`;
	const table = textTable({
		headers: ['POOL', 'URL', 'HEALTH', 'SCRAPED', 'TOOK', 'WHY'],
		rows: rows.map(({pool, url, health, lastScrape = '', seconds, error = ''}) => [
			...[pool, url, health, sinceText(lastScrape, view), view.terminal ? `${Math.round(seconds * 1000)} ms` : seconds, error],
		]),
		view,
	});
	return [
		...(view.terminal || rows.length === 0 ? textLines('', head, view) : []),
		...(rows.length === 0 ? [] : [table]),
		...(leftOut > 0 ? textLines('', `${count(leftOut, 'target')} more: --limit shows more`, view) : []),
	].join('\n');
}
