import * as z from 'zod';
import {declaredPorts} from '../../../analysis/coherence/workload-set.ts';
import {checkedText} from '../../../core/checked-text.ts';
import {MkcoaError} from '../../../core/error.ts';
import {type KubeObject, refOf, refText} from '../../../core/kube/kube-object.ts';
import {podSpecOf} from '../../../core/kube/pod-spec.ts';
import type {Write} from '../../../core/plan.ts';
import {preconditionOf} from '../../../core/road/precondition.ts';
import {count} from '../../../core/text/count.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {deploymentInput} from '../inputs.ts';
import {readAround} from '../objects/manifests/read-around.ts';
import {liveWorkload, workloadField} from '../objects/services/live-workload.ts';
import {podsBehind} from '../objects/services/pods-behind.ts';
import {isSameService, podLabelsOf, serviceManifest, serviceTypes} from '../objects/services/service-for.ts';
import {serviceNotes} from '../objects/services/service-notes.ts';
import {portPattern, servicePorts} from '../objects/services/service-ports.ts';
import type {DeployPorts} from '../ports.ts';

const serviceName = checkedText(63, /^[a-z]([-a-z0-9]*[a-z0-9])?$/, 'a Service begins with a letter and has no dots');

export const serviceCreate = changeTool({
	name: 'service_create',
	summary: 'Makes a Service for the pods of a workload, and checks that it finds them at ports that they have',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'service'],
	positionals: ['workload'],
	input: z
		.object({
			workload: workloadField,
			namespace: deploymentInput.shape.namespace,
			name: serviceName.optional().describe("Name of the Service; the workload's if left out"),
			port: z
				.array(checkedText(60, portPattern, 'a port such as 80, 80:8080 or grpc=9000:grpc'))
				.default([])
				.describe("Ports as [NAME=]PORT[:TARGET]; the containers' own if left out"),
			type: z.enum(serviceTypes).default('ClusterIP').describe('How it is reached'),
		})
		.meta({examples: ['mkcoa deploy service web --port 80:8080']}),
	resolved: z.object({name: z.string(), namespace: z.string(), workload: z.string(), ports: z.string()}),
	output: z.object({service: z.string(), ports: z.string(), pods: z.number(), ready: z.number()}),
	text: ({service, ports, pods, ready}) =>
		`${service}, port ${ports}: ${pods === 0 ? 'no pod is behind it yet' : `${ready} of ${count(pods, 'pod')} behind it ${ready === 1 ? 'is' : 'are'} ready`}`,

	async plan({workload: words, namespace: named, name: given, port, type}, {ports: {cluster}}: Context<DeployPorts>) {
		const namespace = named ?? cluster.namespace;
		const workload = await liveWorkload(cluster, namespace, words);
		const name = given ?? nameFor(workload);
		const selector = podLabelsOf(workload);
		const ports = servicePorts(port, declaredPorts(podSpecOf(workload)), refText(refOf(workload)));
		const manifest = serviceManifest({name, namespace, selector, ports, type});
		const input = {
			name,
			namespace,
			workload: refText(refOf(workload)),
			ports: ports.map(each => (each.port === each.target ? String(each.port) : `${each.port} → ${each.target}`)).join(', '),
		};
		const write: Write = {op: 'create', ref: refOf(manifest), manifest};
		const live = await cluster.get(write.ref);
		if (live !== undefined && !isSameService(live, manifest)) throw alreadyThere(live, input.workload);
		const predictions = live === undefined ? [await predict(cluster, write)] : [];
		const around = await readAround(cluster, namespace);
		return draftOf({
			effect: 'change',
			input,
			summary:
				live === undefined ? `Make Service ${namespace}/${name} for ${input.workload}` : `Service ${namespace}/${name} is there already`,
			steps: [{title: `Create Service ${namespace}/${name}`, predictions}],
			consequences:
				live === undefined ? [...serviceNotes(manifest, workload, around), ...(await consequencesFor(cluster, predictions))] : [],
			// Its labels and ports are what the Service was made for; their number may change.
			preconditions: [preconditionOf(workload, refOf(workload), 'all but replicas')],
			verify: [`Pods of ${input.workload} are behind it`],
			undo: {possible: true, how: 'Deletes the Service'},
		});
	},

	async apply({input: {name, namespace, ports}, steps}, {ports: {cluster}}, effects) {
		const [made] = steps.length === 0 ? [] : await effects.performStep(0);
		const ref = {apiVersion: 'v1', kind: 'Service', namespace, name};
		const service = made ?? (await cluster.get(ref));
		return {service: refText(ref), ports, ...(service == null ? {pods: 0, ready: 0} : await podsBehind(cluster, service))};
	},
});

/** The workload's own name, where a Service may have it. @throws `bad-name` */
function nameFor({metadata: {name}}: KubeObject): string {
	if (serviceName.safeParse(name).success) return name;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-name',
		what: `A Service cannot be called ${name}`,
		why: 'it has at most 63 letters, digits and dashes and begins with a letter',
		next: 'Give it another name with --name',
	});
}

const alreadyThere = (live: KubeObject, workload: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'already-there',
		what: `${refText(refOf(live))} is there already, and is another one`,
		why: `it finds other pods than those of ${workload}, or answers at other ports`,
		next: `Give yours another name with --name, or change it with mkcoa k8s patch service ${live.metadata.name} -n ${live.metadata.namespace}`,
	});
