import * as z from 'zod';
import {checkedText} from '../../../core/checked-text.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {Consequence} from '../../../core/plan.ts';
import {type Context, changeTool} from '../../../core/tool.ts';
import {consequencesFor} from '../../../mcp/kubernetes/plan/consequences-for.ts';
import {draftOf} from '../../../mcp/kubernetes/plan/draft-of.ts';
import {predict} from '../../../mcp/kubernetes/plan/predict.ts';
import {deploymentInput, nameText} from '../inputs.ts';
import {liveService, servicePort} from '../objects/exposure/exposed-service.ts';
import {placeText} from '../objects/exposure/exposure.ts';
import {exposureWrite} from '../objects/exposure/exposure-write.ts';
import {planExposure} from '../objects/exposure/plan-exposure.ts';
import {waitForAcceptance} from '../objects/exposure/wait-for-acceptance.ts';
import {podsBehind} from '../objects/services/pods-behind.ts';
import type {DeployPorts} from '../ports.ts';

const host = checkedText(
	253,
	/^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
	'expected a host such as shop.example or *.shop.example',
);
const path = checkedText(1024, /^\/[\w./~%:@!$&'()*+,;=-]*$/, 'a path begins with a slash');
const gatewayName = checkedText(317, /^([a-z0-9][-a-z0-9]*\/)?[a-z0-9][-a-z0-9.]*$/, 'expected [NAMESPACE/]NAME');
const portWord = checkedText(15, /^[a-z0-9-]+$/, 'expected a number or a name');

const noPods: Consequence = {id: 'no-pods', severity: 'warning', text: 'No pod is behind the Service: requests are answered with errors'};

export const ingressConfigure = changeTool({
	name: 'ingress_configure',
	summary: 'Brings requests for a host and path to a Service, by a route of a Gateway or by an Ingress',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['deploy', 'ingress'],
	positionals: ['service'],
	input: z
		.object({
			service: nameText.describe('Service that answers').meta({completes: 'services'}),
			namespace: deploymentInput.shape.namespace,
			host: host.optional().describe('Host of the requests; every one if left out'),
			path: path.default('/').describe('Path of the requests, and all below it'),
			exact: z.boolean().default(false).describe('The path alone'),
			port: portWord.optional().describe('Port of the Service; its only one if left out'),
			via: z.enum(['auto', 'httproute', 'ingress']).default('auto').describe('Kind to make; auto takes a Gateway where there is one'),
			gateway: gatewayName.optional().describe('Gateway as [NAMESPACE/]NAME; the only fitting one if left out'),
			class: nameText.optional().describe('IngressClass; the default one if left out'),
			tls: nameText.optional().describe('Secret with the certificate, for an Ingress'),
			route: nameText.optional().describe("Name of the HTTPRoute or Ingress; the Service's if left out"),
		})
		.meta({examples: ['mkcoa deploy ingress web --host shop.example --path /']}),
	resolved: z.object({namespace: z.string(), object: z.string(), place: z.string(), service: z.string(), waits: z.boolean()}),
	output: z.object({
		object: z.string(),
		place: z.string(),
		service: z.string(),
		accepted: z.boolean().optional(),
		pods: z.number(),
		ready: z.number(),
	}),
	text: ({object, place, service, accepted, pods, ready}) =>
		[
			`${object}: ${place} goes to ${service}, ${ready} of ${pods} ${pods === 1 ? 'pod' : 'pods'} ready`,
			...(accepted === true ? ['✓ its Gateway takes it'] : []),
		].join('\n'),

	async plan(input, {ports: {cluster}}: Context<DeployPorts>) {
		const space = input.namespace ?? cluster.namespace;
		const service = await liveService(cluster, space, input.service);
		const exposure = {
			namespace: space,
			name: input.route ?? input.service,
			service: input.service,
			port: servicePort(service, input.port),
			host: input.host,
			path: input.path,
			exact: input.exact,
			tls: input.tls,
		};
		const {manifest, live, notes, answers} = await planExposure(cluster, exposure, {
			via: input.via,
			gateway: input.gateway,
			className: input.class,
		});
		const object = refText(refOf(manifest));
		const place = placeText(exposure);
		const to = `Service ${space}/${input.service} port ${exposure.port}`;
		const write = exposureWrite(manifest, live);
		const predictions = write === undefined ? [] : [await predict(cluster, write)];
		const {pods} = await podsBehind(cluster, service);
		return draftOf({
			effect: 'change',
			input: {namespace: space, object, place, service: input.service, waits: answers},
			summary: write === undefined ? `${object} sends ${place} to ${to} already` : `Send ${place} to ${to} by ${object}`,
			steps: [{title: `${live === undefined ? 'Create' : 'Change'} ${object}`, predictions}],
			consequences:
				write === undefined ? [] : [...notes, ...(pods === 0 ? [noPods] : []), ...(await consequencesFor(cluster, predictions))],
			verify: answers ? [`The Gateway takes ${object} within 15 seconds`] : [`${object} holds the rule`],
			undo: {possible: true, how: live === undefined ? `Deletes ${object}` : 'Sets the earlier rules again'},
		});
	},

	async apply({input: {namespace, object, place, service, waits}, steps}, context, effects) {
		const [write] = steps[0]?.writes ?? [];
		if (write !== undefined) await effects.performStep(0);
		const accepted = write !== undefined && waits ? await waitForAcceptance(write.ref, context) : undefined;
		const {cluster} = context.ports;
		const behind = await podsBehind(cluster, await liveService(cluster, namespace, service));
		return {object, place, service: `Service ${namespace}/${service}`, ...(accepted === undefined ? {} : {accepted}), ...behind};
	},
});
