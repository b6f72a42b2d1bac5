import * as z from 'zod';

/** RFC 1123 subdomain, as Kubernetes names are; a leading dash or slash cannot pass for a flag or a path. */
const nameText = z
	.string()
	.regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'a name has lower-case letters, digits, dots and dashes')
	.max(253);

/** Which Deployment. */
export const deploymentInput = z.object({
	name: nameText.describe('Deployment').meta({completes: 'workloads'}),
	namespace: nameText.max(63).optional().describe("Namespace; the context's own if left out").meta({completes: 'namespaces'}),
});

/** Which Deployment, StatefulSet or DaemonSet. */
export const workloadInput = z.object({
	name: z
		.string()
		.max(317)
		.regex(/^(?:[A-Za-z][A-Za-z0-9.-]*\/)?[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, 'expected NAME or KIND/NAME')
		.describe('Workload as NAME or KIND/NAME, such as web or statefulset/db')
		.meta({completes: 'workloads'}),
	namespace: deploymentInput.shape.namespace,
});

export const metricsInput = z
	.array(z.string().max(4000))
	.default([])
	.describe('What it is judged by: error-ratio, latency-p99, restarts, readiness, saturation, or NAME=PROMQL;worse=higher;tolerance=10%');

export const manifestInput = z
	.string()
	.min(1)
	.optional()
	.describe('Manifest with a whole new pod template: the workload itself, or a PodTemplate')
	.meta({from: 'file'});

export const imageInput = z.string().max(1024).describe('New image, as [CONTAINER=]IMAGE');
