import {readFile} from 'node:fs/promises';
import {isAbsolute, join} from 'node:path';
import {fileTrouble} from '../../commands/read-file.ts';
import type {Cluster} from '../../mcp/kubernetes/port.ts';
import type {BackendEntry} from '../../mcp/monitoring/configured/backend-entry.ts';
import type {VendorEntry} from '../../mcp/monitoring/configured/open-vendor.ts';
import {type Opening, openWire} from '../../mcp/monitoring/configured/open-wire.ts';
import {readingJson} from '../../mcp/monitoring/http/proxied-wire.ts';
import type {Wire} from '../../mcp/monitoring/http/wire.ts';
import {findService} from '../../mcp/monitoring/in-cluster/find-service.ts';
import type {Kind} from '../../mcp/monitoring/model/looks-like.ts';
import type {Monitoring} from '../../mcp/monitoring/port.ts';
import type {Host} from '../host.ts';
import {monitoringSender} from './monitoring-sender.ts';

type Around = {
	readonly host: Pick<Host, 'env' | 'home' | 'clock'>;
	readonly backends: ReadonlyMap<string, BackendEntry>;
	/** Of the kubeconfig. */
	readonly context: string;
	readonly cluster: Pick<Cluster, 'raw' | 'text'>;
	readonly learn: (secret: string) => void;
	readonly signal: AbortSignal;
};

/** What a context is watched with. Clients are loaded when somebody asks for one first. */
export function openMonitoring({host, backends, context, cluster, learn, signal}: Around): Monitoring {
	const opening: Opening = {
		...{environment: host.env, learn, clock: host.clock, signal},
		readFile: path => readText(path, host.home),
		sender: (server, trust) => monitoringSender(server, host.env, trust),
	};
	// The type of what is found is one of those that were asked for.
	const entryOf = <Type extends BackendEntry['type']>(types: readonly Type[]) =>
		[...backends].find(([, {type, contexts}]) => types.some(one => one === type) && (contexts?.includes(context) ?? true)) as
			| readonly [string, Extract<BackendEntry, {type: Type}>]
			| undefined;
	/** The road to what the file names, else to what the cluster has, else why there is none. */
	async function roadTo(kind: Kind): Promise<Wire | string> {
		const entry = entryOf([kind]);
		return entry === undefined
			? findService(kind, kind === 'prometheus' ? cluster.raw : readingJson(cluster.text))
			: openWire(...entry, opening);
	}

	return {
		async metrics() {
			const [wire, {prometheusServer}] = [await roadTo('prometheus'), await import('../../mcp/monitoring/prometheus/prometheus-server.ts')];
			return typeof wire === 'string' ? {why: wire} : {metrics: prometheusServer(wire)};
		},
		async alertmanager() {
			const wire = await roadTo('alertmanager');
			if (typeof wire === 'string') return {why: wire};
			const {alertmanager} = await import('../../mcp/monitoring/alertmanager/alertmanager.ts');
			const {silenceEffects} = await import('../../mcp/monitoring/alertmanager/silence-effects.ts');
			return {port: {...alertmanager(wire), effects: silenceEffects(wire)}};
		},
		async grafana() {
			const wire = await roadTo('grafana');
			if (typeof wire === 'string') return {why: wire};
			const {grafana} = await import('../../mcp/monitoring/grafana/grafana.ts');
			const {grafanaEffects} = await import('../../mcp/monitoring/grafana/grafana-effects.ts');
			return {port: {...grafana(wire), effects: grafanaEffects(wire)}};
		},
		async logs() {
			const elastic = entryOf(['elasticsearch']);
			if (elastic !== undefined && entryOf(['loki']) === undefined) {
				const {elasticsearch} = await import('../../mcp/monitoring/logs/elasticsearch.ts');
				return {port: elasticsearch(await openWire(...elastic, opening), elastic[1])};
			}
			const wire = await roadTo('loki');
			if (typeof wire === 'string') return {why: `${wire}, and monitoring.yaml names neither Loki nor Elasticsearch`};
			return {port: (await import('../../mcp/monitoring/logs/loki.ts')).loki(wire)};
		},
		async vendor() {
			const entry: readonly [string, VendorEntry] | undefined = entryOf(['datadog', 'newrelic']);
			if (entry === undefined) return {why: 'monitoring.yaml names neither Datadog nor New Relic'};
			return {port: await (await import('../../mcp/monitoring/configured/open-vendor.ts')).openVendor(...entry, opening)};
		},
		use: {
			pods: async () => (await clusterUseOf(cluster)).pods(),
			nodes: async () => (await clusterUseOf(cluster)).nodes(),
			summaries: async nodes => (await clusterUseOf(cluster)).summaries(nodes),
		},
	};
}

const clusterUseOf = async ({raw}: Pick<Cluster, 'raw'>) =>
	(await import('../../mcp/monitoring/metrics-api/cluster-use.ts')).clusterUse(raw);

/** A path beside the home folder, or an absolute one: the folder that a command runs in says nothing. */
async function readText(path: string, home: string | undefined): Promise<string> {
	const place = path.startsWith('~/') && home !== undefined ? join(home, path.slice(2)) : path;
	try {
		if (!isAbsolute(place)) throw Object.assign(new Error('the path is not absolute'), {code: 'ENOENT'});
		return await readFile(place, 'utf8');
	} catch (error) {
		throw fileTrouble(path, error);
	}
}
