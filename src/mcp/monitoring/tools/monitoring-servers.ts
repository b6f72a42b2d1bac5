import * as z from 'zod';
import {troubleOf} from '../../../core/error.ts';
import {count} from '../../../core/text/count.ts';
import {textLines} from '../../../core/text/styled.ts';
import {textTable} from '../../../core/text/text-table.ts';
import {readTool, type View} from '../../../core/tool.ts';
import type {Monitoring} from '../port.ts';
import {command, type OnMonitoring, readOnly} from '../tool-input.ts';

const output = z.object({
	context: z.string(),
	rows: z.array(
		z.object({
			what: z.enum(['metrics', 'alerts', 'dashboards', 'logs', 'vendor', 'metrics API']),
			state: z.enum(['answers', 'fails', 'none']),
			source: z.string().optional(),
			/** What it says of itself, such as `prometheus 3.5.0`. */
			says: z.string().optional(),
			/** Why it is not there, or does not answer. */
			why: z.string().optional(),
			/** Whether mkcoa may change something there. */
			changes: z.boolean().optional(),
		}),
	),
});
type Output = z.output<typeof output>;
type Row = Output['rows'][number];

export const monitoringServers = readTool({
	name: 'monitoring_servers',
	summary: 'Shows what a context is watched with: Prometheus, Alertmanager, Grafana, logs, a vendor, the metrics API; why one is missing',
	effect: 'read',
	annotations: readOnly,
	command: command('servers'),
	positionals: [],
	input: z.object({}),
	output,
	async run(_, {ports: {monitoring, cluster}}: OnMonitoring): Promise<Output> {
		const {context} = await cluster.target(undefined);
		const whats = Object.keys(looks) as Row['what'][];
		return {context, rows: await Promise.all(whats.map(async what => ({what, ...(await looked(() => looks[what](monitoring)))})))};
	},
	text: serversText,
});

type Look = Omit<Row, 'what'>;
const none = (why: string): Look => ({state: 'none', why});

const looks: {readonly [what in Row['what']]: (monitoring: Monitoring) => Promise<Look>} = {
	async metrics({metrics}) {
		const found = await metrics();
		if (found.metrics === undefined) return none(found.why);
		const {kind, version} = await found.metrics.flavour();
		return {state: 'answers', source: found.metrics.source, says: `${kind} ${version}`.trim()};
	},
	alerts: async ({alertmanager}) =>
		seen(await alertmanager(), async port => {
			const {version, cluster, peers} = await port.status();
			return {says: `${version}, ${cluster}, ${count(peers, 'peer')}`, changes: port.readOnly !== true};
		}),
	dashboards: async ({grafana}) => seen(await grafana(), async port => ({says: await port.version(), changes: port.readOnly !== true})),
	logs: async ({logs}) => seen(await logs(), async () => ({})),
	vendor: async ({vendor}) => seen(await vendor(), async ({language}) => ({says: language})),
	async 'metrics API'({use}) {
		const nodes = await use.nodes();
		return nodes === undefined ? none('the cluster serves no metrics.k8s.io') : {state: 'answers', says: count(nodes.length, 'node')};
	},
};

type Found<Port> = {readonly port: Port} | {readonly port?: undefined; readonly why: string};

async function seen<Port extends {readonly source: string}>(
	found: Found<Port>,
	tell: (port: Port) => Promise<Partial<Look>>,
): Promise<Look> {
	if ('why' in found) return none(found.why);
	return {state: 'answers', source: found.port.source, ...(await tell(found.port))};
}

/** One that fails is told beside those that answer. */
async function looked(look: () => Promise<Look>): Promise<Look> {
	try {
		return await look();
	} catch (error) {
		const {what, why} = troubleOf(error);
		return {state: 'fails', why: why === undefined ? what : `${what}: ${why}`};
	}
}

function serversText({context, rows}: Output, view: View): string {
	const table = textTable({
		headers: ['SERVER', 'STATE', 'WHERE', 'SAYS'],
		rows: rows.map(({what, state, source = '', says = '', why = '', changes}) => [
			...[what, state, source],
			why === '' ? [says, changes === false ? 'read only' : ''].filter(Boolean).join(', ') : why,
		]),
		view,
	});
	const lacks = rows.some(({state}) => state !== 'answers');
	return [
		table,
		...(lacks && view.terminal
			? textLines('', `Servers of ${context} are named in monitoring.yaml: see docs/monitoring-servers.md`, view)
			: []),
	].join('\n');
}
