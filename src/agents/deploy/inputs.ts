import * as z from 'zod';
import {checkedText} from '../../core/checked-text.ts';
import {durationUpTo} from './duration.ts';

/** RFC 1123 subdomain, as Kubernetes names are; a leading dash or slash cannot pass for a flag or a path. */
export const nameText = checkedText(253, /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a name has lower-case letters, digits, dots and dashes');

export const workloadName = checkedText(
	317,
	/^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
	'expected NAME or KIND/NAME',
).meta({completes: 'workloads'});

/** Which Deployment. */
export const deploymentInput = z.object({
	name: nameText.describe('Deployment').meta({completes: 'workloads'}),
	namespace: nameText.max(63).optional().describe("Namespace; the context's own if left out").meta({completes: 'namespaces'}),
});

/** Which Deployment, StatefulSet or DaemonSet. */
export const workloadInput = z.object({
	name: workloadName.describe('Workload as NAME or KIND/NAME, such as web or statefulset/db'),
	namespace: deploymentInput.shape.namespace,
});

export const metricsInput = z
	.array(z.string().max(4000))
	.default([])
	.describe('What it is judged by: error-ratio, latency-p99, restarts, readiness, saturation, or NAME=PROMQL;worse=higher;tolerance=10%')
	// A comma inside a query is no end of it; names with commas between are told apart where the texts are read.
	.meta({split: false});

export const manifestInput = z
	.string()
	.min(1)
	.optional()
	.describe('Manifest with a whole new pod template: the workload itself, or a PodTemplate')
	.meta({from: 'file'});

/**
 * 90 seconds: a kubelet counts about every 15, metrics-server asks it every 15, an autoscaler asks that every 15, and the first of these numbers
 * still cover time without requests (--metric-resolution, --horizontal-pod-autoscaler-sync-period).
 */
export const autoscalerAfterInput = durationUpTo('24h', 'an autoscaler whose numbers come later than that decides on nothing')
	.default('90s')
	.describe('How long its autoscaler sees the requests again before it may take pods away; longer where its numbers come late');

export const imageInput = z.string().max(1024).describe('New image, as [CONTAINER=]IMAGE');
