import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {isPrometheus} from '../model/is-prometheus.ts';
import type {MetricsSource} from '../port.ts';
import {prometheus, type ReadJson} from './prometheus.ts';

const serviceList = z.object({
	items: z.array(
		z.object({
			metadata: z.object({name: z.string(), namespace: z.string(), labels: z.record(z.string(), z.string()).optional()}),
			spec: z.object({ports: z.array(z.object({name: z.string().optional(), port: z.number()})).optional()}),
		}),
	),
});

type Service = z.output<typeof serviceList>['items'][number];

const portOf = ({spec: {ports = []}}: Service) =>
	(ports.find(({port}) => port === 9090) ?? ports.find(({name}) => name === 'web' || name === 'http' || name === 'http-web') ?? ports[0])
		?.port;

/**
 * Looks for a Prometheus that the API server's service proxy can reach, and asks it whether it answers.
 * @param read reads below the API server
 * @returns the first that answers, or a sentence on why there is none
 */
export async function findPrometheus(read: ReadJson): Promise<MetricsSource> {
	try {
		const listed = serviceList.safeParse((await read('/api/v1/services?limit=5000')) ?? {items: []});
		if (!listed.success) return {why: 'the list of Services is not as Kubernetes writes it'};
		const services = listed.data.items.filter(isPrometheus);
		for (const service of services) {
			const {name, namespace} = service.metadata;
			const port = portOf(service);
			if (port === undefined) continue;
			const base = `/api/v1/namespaces/${namespace}/services/${name}:${port}/proxy`;
			if (await answers(read, base))
				return {metrics: prometheus(read, base, `Prometheus ${namespace}/${name}:${port} through the API server`)};
		}
		return {
			why:
				services.length === 0
					? 'the cluster has no Service that looks like Prometheus'
					: 'the Prometheus of the cluster does not answer through the API server',
		};
	} catch (error) {
		if (error instanceof MkcoaError) return {why: `looking for Prometheus failed: ${error.trouble.what}`};
		throw error;
	}
}

async function answers(read: ReadJson, base: string): Promise<boolean> {
	try {
		return (await read(`${base}/api/v1/status/buildinfo`)) !== undefined;
	} catch (error) {
		if (error instanceof MkcoaError) return false;
		throw error;
	}
}
