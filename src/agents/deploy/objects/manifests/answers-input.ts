import * as z from 'zod';
import {checkedText} from '../../../../core/checked-text.ts';
import {deploymentInput, nameText} from '../../inputs.ts';

const quantity = checkedText(30, /^\d+(\.\d+)?(m|k|M|G|Ki|Mi|Gi)?$/, 'an amount such as 250m, 1, 128Mi or 2Gi');
const port = checkedText(21, /^(none|([a-z][a-z0-9-]{0,14}=)?\d{1,5})$/, 'a port such as 8080, metrics=9090, or none').refine(
	text => text === 'none' || Number(text.split('=').at(-1)) <= 65_535,
	'ports end at 65535',
);
const path = checkedText(1024, /^\/[\w./-]*$/, 'a path begins with a slash');
const peer = checkedText(253, /^(\*|[a-z0-9]([a-z0-9-]*[a-z0-9])?|\d+(\.\d+){3}\/\d+(:\d+)?)$/, 'a namespace, CIDR[:PORT], or *');

/** The questions of a workload. All but the image have an answer that serves most. */
export const answersInput = z.object({
	image: z.string().max(1024).optional().describe('Image that the pods run'),
	name: nameText.optional().describe("Name of the workload; the image's if left out"),
	namespace: deploymentInput.shape.namespace,
	manifest: z.string().min(1).optional().describe('Manifests in place of all answers').meta({from: 'file'}),
	port: z.array(port).default(['8080']).describe('Ports as [NAME=]PORT, the first for requests; none for a worker'),
	replicas: z.number().int().min(1).max(1000).optional().describe('Pods at the least; 2, or 1 with a volume of one node'),
	maxReplicas: z
		.number()
		.int()
		.min(1)
		.max(5000)
		.optional()
		.describe('Pods at the most; 3 times the least, and no autoscaler where both are equal'),
	cpu: quantity.default('100m').describe('CPU request of a pod'),
	memory: quantity.default('128Mi').describe('Memory of a pod, request and limit'),
	cpuLimit: quantity.optional().describe('CPU limit of a pod; none if left out, so that it may use what is free'),
	cpuTarget: z.number().int().min(10).max(95).default(70).describe('CPU that the autoscaler aims at, per cent of the request'),
	health: path.optional().describe('Path that answers when a pod is ready; its port is tried if left out'),
	user: z.number().int().min(1).max(2_147_483_647).default(10_001).describe('User id of the program'),
	env: z
		.array(checkedText(65_536, /^[A-Za-z_][\w.-]*=/, 'expected NAME=VALUE'))
		.default([])
		.describe('Variables as NAME=VALUE')
		.meta({split: false}),
	envFrom: z
		.array(checkedText(270, /^(configmap|secret)\/[a-z0-9][a-z0-9.-]*$/, 'expected configmap/NAME or secret/NAME'))
		.default([])
		.describe('Variables of configmap/NAME or secret/NAME'),
	writable: z.array(path).default(['/tmp']).describe('Paths with scratch space; all others are read-only'),
	volume: z
		.array(checkedText(2048, /^[a-z0-9][a-z0-9-]*:\/[\w./-]+:\d+(Mi|Gi|Ti)(:shared)?$/, 'expected NAME:PATH:SIZE[:shared]'))
		.default([])
		.describe('Volumes as NAME:PATH:SIZE, with :shared for one of many nodes'),
	allowFrom: z.array(peer).default([]).describe('Namespaces or CIDRs that may call it beside its own, * for anybody'),
	allowTo: z.array(peer).default(['*']).describe('Namespaces or CIDR[:PORT] that it may call beside its own and DNS, * for all'),
});
export type AnswersInput = z.output<typeof answersInput>;
