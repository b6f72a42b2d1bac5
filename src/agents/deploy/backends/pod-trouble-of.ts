import {isNotAllowed} from '../../../core/error.ts';
import {valueAt} from '../../../core/kube/json-at.ts';
import type {Cluster} from '../../../mcp/kubernetes/port.ts';
import {podHealth, podsOf} from '../rollout/pod-health.ts';
import type {ControlledBackend} from './backend.ts';

/** What keeps a pod of the workload from serving, lasting troubles first; undefined where all serve, or where pods may not be listed. */
export async function podTroubleOf(cluster: Cluster, {controller, workload}: ControlledBackend): Promise<string | undefined> {
	const selecting = valueAt(controller, 'spec', 'selector') === undefined ? workload : controller;
	if (selecting === undefined) return undefined;
	try {
		return podHealth(await podsOf(cluster, selecting)).troubles[0]?.text;
	} catch (error) {
		if (isNotAllowed(error)) return undefined;
		throw error;
	}
}
