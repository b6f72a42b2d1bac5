import {Agent} from 'node:https';
import {untilSignalled} from '../../cluster/build.ts';
import {type ControlPlaneOptions, startControlPlane} from '../../cluster/start.ts';
import {clusterApi} from './cluster-api.ts';
import {commandLineTool} from './command-line-tool.ts';
import type {Stand} from './run-case.ts';

/** Does something with the product on a real control plane of its own, which is gone afterwards, also after Ctrl-C. */
export async function onPlane<Result>(
	options: ControlPlaneOptions,
	work: (stand: Pick<Stand, 'api' | 'tool' | 'signal'>) => Promise<Result>,
): Promise<Result> {
	const stopped = untilSignalled();
	const plane = await startControlPlane({...options, signal: stopped});
	const agent = new Agent({keepAlive: true});
	try {
		const api = clusterApi({url: plane.url, ca: plane.ca, token: plane.tokens.admin, agent});
		return await work({api, tool: commandLineTool(plane.kubeconfig), signal: AbortSignal.any([stopped, plane.signal])});
	} finally {
		agent.destroy();
		await plane.stop();
	}
}
