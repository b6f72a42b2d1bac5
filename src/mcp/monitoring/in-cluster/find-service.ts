import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {proxiedWire, type ReadJson} from '../http/proxied-wire.ts';
import type {Server, Wire} from '../http/wire.ts';
import {type Kind, looksLike} from '../model/looks-like.ts';

const serviceList = z.object({
	items: z.array(
		z.object({
			metadata: z.object({name: z.string(), namespace: z.string(), labels: z.record(z.string(), z.string()).optional()}),
			spec: z.object({ports: z.array(z.object({name: z.string().optional(), port: z.number()})).optional()}),
		}),
	),
});

type Service = z.output<typeof serviceList>['items'][number];

type Sought = {
	/** For people: `Prometheus`. */
	readonly title: string;
	readonly area: Server['area'];
	/** Where charts let it listen. */
	readonly port: number;
	/** What it surely answers, which costs it little. */
	readonly probe: string;
};

const sought = {
	prometheus: {title: 'Prometheus', area: 'metrics', port: 9090, probe: '/api/v1/status/buildinfo'},
	alertmanager: {title: 'Alertmanager', area: 'alerts', port: 9093, probe: '/api/v2/status'},
	grafana: {title: 'Grafana', area: 'dashboards', port: 3000, probe: '/api/health'},
	loki: {title: 'Loki', area: 'logs', port: 3100, probe: '/loki/api/v1/labels'},
} as const satisfies {readonly [One in Kind]: Sought};

/**
 * Looks for a program that the API server's service proxy can reach, and asks it whether it answers.
 * @param read reads below the API server
 * @returns the road to the first that answers, or a sentence on why there is none
 */
export async function findService(kind: Kind, read: ReadJson): Promise<Wire | string> {
	const {title, probe} = sought[kind];
	try {
		const listed = serviceList.safeParse((await read('/api/v1/services?limit=5000')) ?? {items: []});
		if (!listed.success) return 'the list of Services is not as Kubernetes writes it';
		const services = listed.data.items.filter(looksLike[kind]);
		for (const service of services) {
			const wire = roadTo(service, kind, read);
			if (wire !== undefined && (await answers(wire, probe))) return wire;
		}
		return services.length === 0
			? `the cluster has no Service that looks like ${title}`
			: `the ${title} of the cluster does not answer through the API server`;
	} catch (error) {
		if (error instanceof MkcoaError) return `looking for ${title} failed: ${error.trouble.what}`;
		throw error;
	}
}

function roadTo({metadata: {name, namespace}, spec: {ports = []}}: Service, kind: Kind, read: ReadJson): Wire | undefined {
	const {title, area, port: usual} = sought[kind];
	const web =
		ports.find(({port}) => port === usual) ?? ports.find(one => /^(web|http|http-web|service|http-metrics)$/.test(one.name ?? ''));
	const port = (web ?? ports[0])?.port;
	if (port === undefined) return undefined;
	const server = {
		...{source: `${title} ${namespace}/${name}:${port} through the API server`, area},
		whenAway: 'Look at its pods',
		whenSignedOut: 'Name it with its url, and how to sign in, in monitoring.yaml',
	};
	return proxiedWire(read, `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy`, server);
}

async function answers(wire: Wire, probe: string): Promise<boolean> {
	try {
		return (await wire.ask({path: probe})).status < 300;
	} catch (error) {
		if (error instanceof MkcoaError) return false;
		throw error;
	}
}
